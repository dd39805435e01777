"""余额调节表与现金盘点表: what stands on the two papers of a month's end.

Source: 会计基础工作规范 (对账, 现金盘点); practice 27.
"""

from collections.abc import Iterable

from desk.windows.village_accounts.rules.cash import FACES
from desk.windows.village_accounts.rules.reconciling import Adjustment
from kernel.money import capitals, yuan

BANK_TITLE, CASH_TITLE = "银行存款余额调节表", "库存现金盘点表"
BANK_SIGNED = ("会计主管", "编制")
CASH_SIGNED = ("保管人", "监盘人", "会计主管")
BOOK_SIDE, BANK_SIDE = "账面存款余额", "银行对账单余额"
#: what is added and taken away on each side
BANK_IN, BANK_OUT = "加：银行已收、账上未收", "减：银行已付、账上未付"
BOOK_IN, BOOK_OUT = "加：账上已收、银行未收", "减：账上已付、银行未付"
ADJUSTED = "调节后余额"


def adjustment_paper(adjustment: Adjustment) -> dict[str, object]:
    """Return 余额调节表 as the typesetter takes it: both halves, line by line."""
    only_bank = [(one.fen, f"{one.on:%m-%d} {one.gist}") for one in adjustment.only_bank]
    only_book = [
        (one.fen, f"{one.on:%m-%d} {one.number} {one.gist}") for one in adjustment.only_book
    ]
    return {
        "title": BANK_TITLE,
        "left": _half(BOOK_SIDE, adjustment.book_fen, (BANK_IN, BANK_OUT), only_bank),
        "right": _half(BANK_SIDE, adjustment.bank_fen, (BOOK_IN, BOOK_OUT), only_book),
        "signed_by": list(BANK_SIGNED),
    }


def _half(
    side: str, balance: int, signs: tuple[str, str], lines: Iterable[tuple[int, str]]
) -> list[list[str]]:
    every = list(lines)
    both = ([one for one in every if one[0] > 0], [one for one in every if one[0] < 0])
    rows = [[side, yuan(balance)]]
    for name, found in zip(signs, both, strict=True):
        rows.append([name, yuan(sum(abs(fen) for fen, _ in found))])
        rows += [[f"　{gist}", yuan(abs(fen))] for fen, gist in found]
    return [*rows, [ADJUSTED, yuan(balance + sum(fen for fen, _ in every))]]


def count_paper(counted: int, book: int, pieces: dict[int, int], note: str) -> dict[str, object]:
    """Return 库存现金盘点表 as the typesetter takes it."""
    return {
        "title": CASH_TITLE,
        "faces": [
            [yuan(face), str(pieces.get(face, 0) or ""), yuan(face * pieces.get(face, 0))]
            for face in FACES
        ],
        "counted": yuan(counted),
        "capitals": capitals(counted),
        "book": yuan(book),
        "gap": yuan(counted - book),
        "note": note,
        "signed_by": list(CASH_SIGNED),
    }
