"""运营商替身: a carrier that loses answers, hangs, lags and repeats itself, and whom it fools."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from desk.messages import jobs
from desk.messages.actions.promises import Promise
from desk.messages.gateways import CarrierError, Outgoing, Refused, TryLater, Unanswered
from desk.messages.rules.delivery import LEASE, Delivery
from desk.messages.rules.kinds import MessageKind, is_quiet
from desk.messages.rules.wording import completed_text
from kernel.clock import FixedClock
from kernel.database import sqlite_engine
from kernel.house_session import Database
from kernel.settings import Settings
from kernel.turnstile import Turnstile
from kernel.vault import Vault
from kernel.web.house import House

#: fault → how often, of a hundred requests
FAULTS = {
    "none": 55,
    "500 before": 5,
    "500 after": 8,
    "timeout before": 4,
    "timeout after": 8,
    "hangs": 4,
    "not now": 5,
    "refuses": 3,
    "killed before": 3,
    "killed after": 5,
}
TAKES = frozenset({"none", "500 after", "timeout after", "hangs", "killed after"})
LONGEST_LAG = 500


VAULT = Vault(bytes(32))
#: nine in the morning
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
MOBILE = "15400001234"


def open_house(folder: Path, clock: FixedClock, settings: Settings | None = None) -> House:
    """Open a house whose real, encrypted database lies in `folder`; its writers queue."""
    engine = sqlite_engine(folder / "desk.db", VAULT.database_key)
    database = Database(engine, VAULT, Turnstile(folder / "write.turn"))
    return House(database, clock, settings or Settings(var=folder))


def promise(number: int = 17, mobile: str = MOBILE) -> Promise:
    """Return the promise that a case's close makes."""
    wording = partial(completed_text, "示例乡便民服务中心", f"Z26-{number:05}-5")
    return Promise(f"case:{number}:completed", MessageKind.COMPLETED, mobile, wording)


class Killed(Exception):
    """The worker's process died here: nothing more of it runs."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that the carrier has, listed only after a while."""

    sid: str
    uuid: str
    mobile: str
    text: str
    listed_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A callback on its way."""

    due_at: datetime
    uuid: str
    told: Delivery


@dataclass(slots=True)
class WildCarrier:
    """Accepts, refuses, errs before and after accepting, and lists what it has with a lag."""

    here: House
    clock: FixedClock
    random: Random
    name: str = "wild"
    is_abroad: bool = False
    can_list: bool = True
    list_is_down: bool = False
    taken: list[Taken] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    reports: list[Report] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def send(self, outgoing: Outgoing) -> str:
        """Take the text or not, and tell the truth about it or not."""
        assert self.here.database.engine.pool.checkedout() == 0, "a transaction is open"  # type: ignore[attr-defined]
        assert not is_quiet(self.clock.now()), "somebody was rung awake"
        fault = self.random.choices(list(FAULTS), list(FAULTS.values()))[0]
        self.faults[fault] += 1
        sid = self._take(outgoing) if fault in TAKES else ""
        self._misbehave(fault, outgoing)
        return sid

    def find(self, outgoing: Outgoing) -> str | None:
        """Look in the list, when it can be read."""
        if self.list_is_down or self.random.random() < 0.2:
            raise Unanswered("list")
        for taken in self.taken:
            same = taken.mobile == outgoing.mobile and outgoing.mark in taken.text
            if same and taken.listed_at <= self.clock.now():
                return taken.sid
        return None

    def reports_due(self) -> list[Report]:
        """Return the callbacks that arrive by now, in no order."""
        due = [report for report in self.reports if report.due_at <= self.clock.now()]
        self.reports = [report for report in self.reports if report.due_at > self.clock.now()]
        self.random.shuffle(due)
        return due

    def duplicates(self) -> int:
        """Return how many texts went out more than once."""
        return sum(count - 1 for count in Counter(taken.uuid for taken in self.taken).values())

    def _take(self, outgoing: Outgoing) -> str:
        now, sid = self.clock.now(), f"SM{len(self.taken):032x}"
        listed_at = now + timedelta(seconds=self.random.randint(0, LONGEST_LAG))
        self.taken.append(Taken(sid, outgoing.uuid, outgoing.mobile, outgoing.text, listed_at))
        fate = self.random.choice([Delivery.DELIVERED] * 9 + [Delivery.UNDELIVERED])
        for told in (Delivery.ACCEPTED, Delivery.ACCEPTED, fate, fate):
            if self.random.random() < 0.7:
                due_at = now + timedelta(seconds=self.random.randint(0, 7200))
                self.reports.append(Report(due_at, outgoing.uuid, told))
        return sid

    def _misbehave(self, fault: str, outgoing: Outgoing) -> None:
        if fault == "refuses":
            self.refused.add(outgoing.uuid)
        if fault == "hangs":
            self.clock.at += LEASE
            jobs.tidy(self.here)
        kind = fault.split(maxsplit=1)[0]
        waits = {"timeout": 15, "hangs": 30}.get(kind, self.random.randint(0, 3))
        self.clock.at += timedelta(seconds=waits)
        error = _ERRORS.get(kind)
        if error is not None:
            raise error(fault)


_ERRORS: dict[str, type[CarrierError] | type[Killed]] = {
    "500": Unanswered,
    "timeout": Unanswered,
    "not": TryLater,
    "refuses": Refused,
    "killed": Killed,
}


def naive(carrier: WildCarrier, outgoing: Outgoing, tries: int = 6) -> None:
    """Retry on error: the control, which everybody writes first."""
    for _ in range(tries):
        try:
            carrier.send(outgoing)
        except (Unanswered, TryLater, Killed):
            continue
        except Refused:
            pass
        return
