"""大写金额: a hundred thousand amounts, against another program's capitals."""

import random
import re

import cn2an

from kernel.money import MOST, capitals, plain_yuan, read_capitals

#: the other program leaves out the 零 of an empty group before a full one: 亿零叁仟
EMPTY_GROUP = re.compile("(?<=亿)零(?=.仟)")


def drawn_amounts(count: int) -> list[int]:
    """Draw amounts of every length, many of them round."""
    drawn = random.Random(365)
    amounts = []
    for _ in range(count):
        fen = drawn.randrange(10 ** drawn.randint(1, 15))
        round_by = 10 ** drawn.choice((0, 0, 0, 1, 2, 4, 6))
        amounts.append(fen // round_by * round_by * drawn.choice((1, 1, 100, 10_000)) % (MOST + 1))
    return amounts


def test_a_hundred_thousand_amounts_agree_with_another_program_and_come_back() -> None:
    for fen in drawn_amounts(100_000):
        words = capitals(fen)
        assert read_capitals(words) == fen
        assert EMPTY_GROUP.sub("", words) == cn2an.an2cn(plain_yuan(fen), "rmb"), fen


def test_a_wrong_amount_would_be_seen() -> None:
    assert cn2an.an2cn("107000.53", "rmb") != capitals(107000_35)
