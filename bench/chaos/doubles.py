"""按了又按: one form pressed several times at once is one case, and every press gets its number."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from bench.browser import Browser
from bench.chaos.verdicts import Verdict
from bench.counter import clerks, intake, number_of
from bench.installation import Installation
from desk.cases.records import Case

MOST_PRESSES = 5
CONTROL_FORMS = 10


def run(town: Installation, forms: int, dice: random.Random) -> Verdict:
    """Press `forms` forms two to five times each, all at once; return what was found."""
    with town.served():
        hands = clerks(town.port, MOST_PRESSES)
        with ThreadPoolExecutor(MOST_PRESSES) as crowd:
            answers = [
                _pressed(crowd, hands[: dice.randint(2, MOST_PRESSES)], serial, same_form=True)
                for serial in range(forms)
            ]
            stored = _stored(town)
            for serial in range(forms, forms + CONTROL_FORMS):
                _pressed(crowd, hands[:2], serial, same_form=False)
        for hand in hands:
            hand.hang_up()
        control = _stored(town) - stored - CONTROL_FORMS
    split = sum(len(numbers) != 1 or "" in numbers for numbers in answers)
    found = {"too many or too few": abs(stored - forms), "told different things": split}
    done = f"{forms} forms, {town.kind}"
    return Verdict("a form pressed again is one case", done, found, control)


def _pressed(
    crowd: ThreadPoolExecutor, hands: Sequence[Browser], serial: int, *, same_form: bool
) -> set[str]:
    """Press at once; the control opens a form for each press, so that nothing tells them apart."""
    first = intake(hands[0], serial)
    forms = [first if same_form else intake(hand, serial) for hand in hands]
    return set(crowd.map(_number, hands, forms))


def _number(hand: Browser, form: bytes) -> str:
    return number_of(hand.send(form))


def _stored(town: Installation) -> int:
    here = town.open_house()
    with here.reading() as session:
        number = session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0
    here.database.engine.dispose()
    return number
