"""审计: every change and every reveal leaves a record, and no record can be altered unseen."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from click.testing import Result
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app import create_app
from kernel.access import HOUSE
from kernel.audit.actions import record
from kernel.audit.queries import count, first_broken_record
from kernel.audit.records import AuditEntry
from kernel.clock import FixedClock
from kernel.web.house import House
from tests.builders import Visitor, a_case, clerk, resident_number
from tests.pages.every_page import every_page
from tests.pages.happy_paths import HAPPY, Hall

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
#: what leaves no record: a villager's look at a case (the try is counted), and a carrier's
#: report on a message (its attempts are records of their own)
UNRECORDED = {"progress.answer", "messages.twilio_reports"}
#: counted or seen in passing, and not what a button is pressed for
IN_PASSING = {"attempt", "staff_session", "missed_search"}
#: tables that only grow, with a column to try
APPEND_ONLY = {"audit_entry": "verb", "timeline_entry": "text", "paper": "number"}
WRITES = re.compile(
    r"\s*(?:WITH\b.*?\b)?(?:(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)"
    r'\s+"?(\w+)',
    re.IGNORECASE | re.DOTALL,
)
BREAK_OFF = "the power went away at the commit"


def entries(here: House) -> int:
    with here.reading() as session:
        return count(session)


@contextmanager
def no_recorded_commit(here: House) -> Iterator[set[str]]:
    """Break off every transaction that wrote a record, at the moment of its commit.

    Yield the tables that those wrote to which went through.
    """
    written: dict[int, set[str]] = {}
    gone_through: set[str] = set()

    def look(connection: sa.Connection, _: object, statement: str, *__: object) -> None:
        if found := WRITES.match(statement):
            written.setdefault(id(connection), set()).add(found[1])

    def decide(connection: sa.Connection) -> None:
        tables = written.pop(id(connection), set())
        if "audit_entry" in tables:
            raise RuntimeError(BREAK_OFF)
        gone_through.update(tables - IN_PASSING)

    def forget(connection: sa.Connection) -> None:
        written.pop(id(connection), None)

    engine = here.database.engine
    listeners: dict[str, Callable[..., None]] = {
        "after_cursor_execute": look,
        "commit": decide,
        "rollback": forget,
    }
    for name, listener in listeners.items():
        sa.event.listen(engine, name, listener)
    try:
        yield gone_through
    finally:
        for name, listener in listeners.items():
            sa.event.remove(engine, name, listener)


class Watched(Hall):
    """A hall where each press is made twice: broken off at its record's commit, then in peace."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.send = self.press_twice
        self.faults: list[str] = []

    def press_twice(
        self, browser: Visitor, action: str, fields: MultiDict[str, object]
    ) -> TestResponse:
        """Ask what the press that was broken off has left behind; then press in peace."""
        number = entries(self.here)
        with no_recorded_commit(self.here) as left:
            broken_off = self.post(browser, action, fields)
        if broken_off.status_code != 500 or left:
            self.faults.append(f"{action}: {broken_off.status_code}, left in {sorted(left)}")
        answer = self.post(browser, action, fields)
        if answer.status_code not in {200, 303} or entries(self.here) <= number:
            self.faults.append(f"{action}: {answer.status_code}, no record")
        return answer


@pytest.fixture
def hall(here: House, clock: FixedClock) -> Watched:
    return Watched(here, create_app(here), clock)


@on_sqlite
def test_every_unsafe_address_has_its_happy_path(hall: Hall) -> None:
    unsafe = {page.endpoint for page in every_page(hall.app, hall.known) if not page.is_safe}
    assert unsafe - UNRECORDED == set(HAPPY)


@on_sqlite
def test_every_button_leaves_a_record_in_the_transaction_of_what_it_does(
    hall: Watched, here: House
) -> None:
    """Broken off at the commit, it leaves neither; pressed again with the same key, both."""
    for endpoint, press in HAPPY.items():
        told = len(hall.faults)
        press(hall)
        hall.faults[told:] = [f"{endpoint}: {fault}" for fault in hall.faults[told:]]
    assert hall.faults == []
    with here.reading() as session:
        assert first_broken_record(session) is None


@on_sqlite
def test_a_change_without_a_record_would_be_noticed(hall: Watched, here: House) -> None:
    """The control: a button that writes in one transaction and records in another."""

    def careless() -> str:
        with here.writing() as session:
            session.execute(sa.text("UPDATE town SET address = address || '!'"))
        with here.writing() as session:
            record(session, HOUSE, "town.changed", "town:1", here.now())
        return ""

    careless.open_to = frozenset({"everyone"})  # type: ignore[attr-defined]
    careless.signed_elsewhere = True  # type: ignore[attr-defined]
    hall.app.add_url_rule("/careless", "careless", careless, methods=["POST"])
    hall.app.extensions["csrf"].exempt(careless)
    hall.send(hall.browser(""), "/careless", MultiDict())
    assert hall.faults == ["/careless: 500, left in ['town']"]


@on_sqlite
def test_a_reveal_is_recorded_with_its_purpose_and_without_what_was_revealed(
    hall: Watched, here: House
) -> None:
    page = hall.case()
    hall.press("counter1", page, f"{page}/reveal", purpose="联系申请人")
    hall.browser("counter2").open(f"{page}/correct")
    with here.reading() as session:
        newest = sa.select(AuditEntry).order_by(AuditEntry.number.desc())
        told = [one for one in session.scalars(newest) if one.verb == "case.revealed"]
        who = [clerk(session, username).staff_id for username in ("counter2", "counter1")]
    assert [one.actor_id for one in told] == who
    assert [json.loads(one.facts)["purpose"] for one in told] == ["更正登记", "联系申请人"]
    assert resident_number() not in "".join(one.facts for one in told)


@on_sqlite
def test_a_reveal_without_a_purpose_reveals_nothing(hall: Watched, here: House) -> None:
    page, browser = hall.case(), hall.browser("counter1")
    number = entries(here)
    assert resident_number() not in browser.open(page).text, "the page itself masks it"
    hall.send = hall.post
    answer = hall.press("counter1", page, f"{page}/reveal", purpose="好奇")
    assert (answer.status_code, resident_number() in answer.text) == (422, False)
    assert entries(here) == number
    answer = hall.press("counter1", page, f"{page}/reveal", purpose="核对身份")
    assert resident_number() in answer.text, "the control"


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_refuses_to_alter_or_delete(verb: str, table: str, here: House) -> None:
    with here.writing() as session:
        a_case(here, session, here.now())
    change = f"UPDATE {table} SET {APPEND_ONLY[table]} = 'x'"
    statement = change if verb == "UPDATE" else f"DELETE FROM {table}"
    run(here, f"{statement} WHERE 1 = 0")  # the control: a row that is not touched
    with pytest.raises(sa.exc.DBAPIError, match="append only"):
        run(here, statement)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_nor_can_a_table_be_emptied_at_once(table: str, here: House) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append only"):
        run(here, f"TRUNCATE {table} CASCADE")


def run(here: House, *statements: str) -> None:
    """Do something to the database behind the application's back."""
    with here.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


#: what somebody may do to the chain who can write to the file, and where it is found
TAMPERINGS: dict[str, tuple[str, int | str]] = {
    "a fact is altered": ("UPDATE audit_entry SET facts = '{}' WHERE number = 3", 3),
    "a verb is altered": ("UPDATE audit_entry SET verb = 'nothing' WHERE number = 2", 2),
    "somebody else did it": ("UPDATE audit_entry SET actor_id = 2 WHERE number = 5", 5),
    "it was about another": ("UPDATE audit_entry SET subject = 'case:9' WHERE number = 4", 4),
    "it was earlier": (
        "UPDATE audit_entry SET at = '2026-01-01 00:00:00.000000' WHERE number = 4",
        4,
    ),
    "a record is taken out": ("DELETE FROM audit_entry WHERE number = 3", 3),
    "the first is taken out": ("DELETE FROM audit_entry WHERE number = 1", 1),
    "a record is put in": (
        "INSERT INTO audit_entry SELECT number + 1000, at, actor_id, verb, subject, facts, digest"
        " FROM audit_entry WHERE number = 1",
        "last",
    ),
    "a digest is altered": ("UPDATE audit_entry SET digest = zeroblob(32) WHERE number = 6", 6),
    "all is taken out": ("DELETE FROM audit_entry", 1),
    "the newest is cut off": (
        "DELETE FROM audit_entry WHERE number = (SELECT number FROM audit_head)",
        "newest",
    ),
    "the head is set back": ("UPDATE audit_head SET number = 4", 5),
    "the head is another": ("UPDATE audit_head SET digest = zeroblob(32)", "last"),
    "the head is gone": ("DELETE FROM audit_head", "last"),
    "a moment is nonsense": ("UPDATE audit_entry SET at = 'yesterday' WHERE number = 4", 4),
    "a digest is a text": ("UPDATE audit_entry SET digest = 'abc' WHERE number = 4", 4),
    "a fact is a blob": ("UPDATE audit_entry SET facts = x'00ff' WHERE number = 4", 4),
}


@on_sqlite
@pytest.mark.parametrize("name", TAMPERINGS)
def test_whatever_is_done_to_the_chain_is_found_and_located(name: str, here: House) -> None:
    with here.writing() as session:
        for place in range(10):
            record(session, HOUSE, "town.changed", f"town:{place}", here.now(), place=place)
    number = entries(here)
    statement, found = TAMPERINGS[name]
    triggers = [f"DROP TRIGGER audit_entry_no_{verb}" for verb in ("update", "delete")]
    run(here, *triggers, statement)
    verified = verify(here)
    places: dict[object, object] = {"last": number + 1, "newest": number}
    broken = places.get(found, found)
    assert verified.exit_code == 3
    assert f"从第{broken}条起" in verified.output, verified.output


def verify(here: House) -> Result:
    return create_app(here).test_cli_runner().invoke(args=["audit", "verify"])


def test_an_untouched_chain_is_whole(here: House) -> None:
    """The control, and the same words on both databases."""
    with here.writing() as session:
        a_case(here, session, here.now())
    verified = verify(here)
    assert (verified.exit_code, verified.output) == (0, f"审计记录{entries(here)}条，全部相符。\n")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_on_postgresql_too_an_alteration_is_found(here: House) -> None:
    later = "UPDATE audit_entry SET at = at + interval '1 second' WHERE number = 2"
    run(here, "ALTER TABLE audit_entry DISABLE TRIGGER USER", later)
    verified = verify(here)
    assert (verified.exit_code, "从第2条起" in verified.output) == (3, True)
