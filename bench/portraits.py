"""仿件: cases written in bulk in the image of one that the house itself registered.

Each has an invented person, sealed under a key of its own and found by every token, and days
of its own. Everything but what is open ended long ago; one in twenty was on hold meanwhile.
"""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from bench.bulk import Filling, Row, filling
from bench.installation import Installation
from desk.cases.rules.people import Person, search_keys
from desk.cases.rules.receipts import receipt_number
from kernel.keys import open_vault
from kernel.vault import Vault
from services_catalog.rules.items import Window
from tests.builders import a_case, mobile, resident_number

LETTERS = "甲乙丙丁戊己庚辛壬癸"
VILLAGES = 20
BATCH = 20_000
A_DAY = 100
#: one in so many was on hold, and every tenth of these twice
HELD, TWICE = 20, 200
#: the older, the smaller: ids run as time does
NEWEST_ID = 10_000_000
A_DAY_LATER = timedelta(days=1)
#: of one birthday, and birthdays: no two people have the same document
SERIALS, A_LIFETIME = 1000, 30_000
#: an open one
NEWEST = receipt_number(Window.GENERAL, 2000, 1)


@dataclass(slots=True)
class Image:
    """One case of the house's own, row by row."""

    case: Row
    party: Row
    countdown: Row


class Grower:
    """Grows a town to a number of cases, `opened` of them open."""

    def __init__(self, town: Installation, opened: int) -> None:
        here = town.open_house()
        with here.writing() as session:
            case_id = a_case(here, session, here.now()).id
        self.town, self.now = town, here.now()
        here.database.engine.dispose()
        self.vault: Vault = open_vault(town.settings.key_file)
        self.blind = cache(self.vault.blind)
        with filling(town) as into:
            self.image = _image(into, case_id)
        self.written, self.opened = 1, opened

    def grow(self, cases: int) -> None:
        """Write cases until there are so many, the newest of the first ones open."""
        with filling(self.town) as into:
            while self.written < cases:
                upto = min(cases, self.written + BATCH)
                into.write(self._lot(range(self.written, upto)))
                self.blind.cache_clear()
                self.written = upto

    def _lot(self, numbers: range) -> dict[str, list[Row]]:
        """Return the rows of some cases by table, each table in the order of its key."""
        oldest_first = numbers[::-1]
        people = [_somebody(number) for number in oldest_first]
        found = zip(oldest_first, people, strict=True)
        tokens = sorted(pair for number, who in found for pair in self._tokens(number, who))
        return {
            "case": [self._case(number) for number in oldest_first],
            "case_party": [
                self._party(number, who) for number, who in zip(oldest_first, people, strict=True)
            ],
            "case_search_token": [{"token": one[0], "case_id": one[1]} for one in tokens],
            "countdown": [self._countdown(number) for number in oldest_first],
            "case_hold": [hold for number in oldest_first for hold in self._holds(number)],
        }

    def _at(self, number: int) -> datetime:
        return self.now - timedelta(days=number // A_DAY, seconds=number % A_DAY)

    def _case(self, number: int) -> Row:
        at = self._at(number)
        is_open = number <= self.opened
        closed = {"stage": "completed", "closed_at": _stored(at + A_DAY_LATER)}
        return {
            **self.image.case,
            "id": NEWEST_ID - number,
            "uuid": os.urandom(16).hex(),
            "lookup_hash": os.urandom(32),
            "number": receipt_number(Window.GENERAL, 2000 + number // 90_000, number % 90_000),
            "village_id": number % VILLAGES + 1,
            "handler_id": number % 2 + 1,
            "received_at": _stored(at),
            "accepted_at": _stored(at),
            "due_on": str((at + timedelta(days=10)).date()),
            **({} if is_open else closed),
        }

    def _party(self, number: int, who: Person) -> Row:
        uuid = os.urandom(16).hex()
        wrapped, key = self.vault.new_person_key(uuid)
        name = key.seal(who.name, f"case_party|name|{uuid}")
        own = {"uuid": uuid, "wrapped_key": wrapped, "name_sealed": name}
        sealed = {name: "" for name in self.image.party if name.endswith("_sealed")}
        return {**self.image.party, **sealed, **own, "case_id": NEWEST_ID - number}

    def _tokens(self, number: int, who: Person) -> set[tuple[bytes, int]]:
        case_id = NEWEST_ID - number
        return {(self.blind(kind, text), case_id) for kind, text in search_keys(who)}

    def _countdown(self, number: int) -> Row:
        at = self._at(number)
        ended_at = None if number <= self.opened else _stored(at + A_DAY_LATER)
        own = {"case_id": NEWEST_ID - number, "starts_at": _stored(at), "ended_at": ended_at}
        return {**self.image.countdown, **own}

    def _holds(self, number: int) -> list[Row]:
        if number % HELD or number <= self.opened:
            return []
        at = self._at(number)
        hold = {
            "case_id": NEWEST_ID - number,
            "hold_type_id": 1,
            "noticed_on": str(at.date()),
            "expected_end_on": str((at + A_DAY_LATER).date()),
            "ended_on": str((at + A_DAY_LATER).date()),
            "cap_days": None,
            "reason": "送检",
            "approved_by_id": 1,
            "approved_at": _stored(at),
        }
        return [hold] * (1 if number % TWICE else 2)


def _somebody(number: int) -> Person:
    """Return an invented person; one name in a hundred is the same."""
    name = f"示例{LETTERS[number % 10]}{LETTERS[number // 10 % 10]}"
    born = date(1930, 1, 1) + timedelta(days=number // SERIALS % A_LIFETIME)
    document = resident_number(number % SERIALS, f"{born:%Y%m%d}")
    return Person(name=name, phone=f"+86{mobile(number)}", document_number=document)


def _image(into: Filling, case_id: int) -> Image:
    case = into.one("case", f"id = {case_id}")
    party, countdown = (
        into.one(table, f"case_id = {case_id}") for table in ("case_party", "countdown")
    )
    del party["id"], countdown["id"]
    return Image(case, party, countdown)


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
