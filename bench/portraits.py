"""仿件: cases written by the bare driver in the image of one that the house itself registered.

Each has an invented person, sealed under a key of its own and found by every token, and days
of its own. Everything but what is open ended long ago.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bench.bare import connect
from bench.installation import Installation
from desk.cases.rules.people import Person, search_keys
from desk.cases.rules.receipts import receipt_number
from kernel.keys import open_vault
from kernel.vault import Vault
from services_catalog.rules.items import Window
from tests.builders import a_case, mobile, person

LETTERS = "甲乙丙丁戊己庚辛壬癸"
VILLAGES = 20
BATCH = 20_000
A_DAY = 100
Row = dict[str, Any]


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
        self.now = here.now()
        here.database.engine.dispose()
        self.vault: Vault = open_vault(town.settings.key_file)
        self.image = _image(town, case_id)
        self.written, self.opened = 1, opened

    def grow(self, connection: Any, cases: int) -> None:
        """Write cases until there are so many, the newest of the first ones open."""
        while self.written < cases:
            upto = min(cases, self.written + BATCH)
            connection.execute("BEGIN IMMEDIATE")
            for number in range(self.written, upto):
                self._write(connection, number)
            connection.execute("COMMIT")
            self.written = upto

    def _write(self, connection: Any, number: int) -> None:
        case_id = 10_000_000 - number  # the older, the smaller: ids run as time does
        is_open = number <= self.opened
        at = self.now - timedelta(days=number // A_DAY, seconds=number % A_DAY)
        _insert(connection, "case", self._case(case_id, number, at, is_open=is_open))
        who = _somebody(number)
        _insert(connection, "case_party", self._party(case_id, who))
        tokens = {self.vault.blind(kind, text) for kind, text in search_keys(who)}
        rows = [(token, case_id) for token in tokens]
        connection.executemany("INSERT INTO case_search_token VALUES (?, ?)", rows)
        ended = {} if is_open else {"ended_at": _stored(at + timedelta(days=1))}
        own = {"case_id": case_id, "starts_at": _stored(at), **ended}
        _insert(connection, "countdown", {**self.image.countdown, **own})

    def _case(self, case_id: int, number: int, at: datetime, *, is_open: bool) -> Row:
        closed = {"stage": "completed", "closed_at": _stored(at + timedelta(days=1))}
        return {
            **self.image.case,
            "id": case_id,
            "uuid": uuid4().hex,
            "lookup_hash": os.urandom(32),
            "number": receipt_number(Window.GENERAL, 2000 + number // 90_000, number % 90_000),
            "village_id": number % VILLAGES + 1,
            "handler_id": number % 2 + 1,
            "received_at": _stored(at),
            "accepted_at": _stored(at),
            "due_on": str((at + timedelta(days=10)).date()),
            **({} if is_open else closed),
        }

    def _party(self, case_id: int, who: Person) -> Row:
        uuid = uuid4().hex
        wrapped, key = self.vault.new_person_key(uuid)
        name = key.seal(who.name, f"case_party|name|{uuid}")
        own = {"case_id": case_id, "uuid": uuid, "wrapped_key": wrapped, "name_sealed": name}
        sealed = {name: "" for name in self.image.party if name.endswith("_sealed")}
        return {**self.image.party, **sealed, **own}


def _somebody(number: int) -> Person:
    """Return an invented person; one name in a hundred is the same."""
    name = f"示例{LETTERS[number % 10]}{LETTERS[number // 10 % 10]}"
    return Person(
        name=name, phone=f"+86{mobile(number)}", document_number=person(1).document_number
    )


def _image(town: Installation, case_id: int) -> Image:
    connection = connect(town, town.settings.database_file)
    rows = [
        _row(connection, table, f"{column} = {case_id}")
        for table, column in (("case", "id"), ("case_party", "case_id"), ("countdown", "case_id"))
    ]
    connection.close()
    for row in rows[1:]:
        del row["id"]
    return Image(*rows)


def _row(connection: Any, table: str, where: str) -> Row:
    found = connection.execute(f'SELECT * FROM "{table}" WHERE {where}')
    names = [column[0] for column in found.description]
    return dict(zip(names, found.fetchone(), strict=True))


def _insert(connection: Any, table: str, row: Row) -> None:
    columns: Sequence[str] = list(row)
    names, marks = ", ".join(f'"{one}"' for one in columns), ", ".join("?" * len(columns))
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
