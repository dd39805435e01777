"""催办与督办: the handler before the day and on it, the window's head and the duty leader after it.

Nobody is nudged on day zero about what they have just begun, nor twice on one day about the
same countdown. Each is told once; one that is true no longer is not told at all.
Source: 电子监察 practice (domain notes §2.4: copies to handler and approver); glossary.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desk.cases.rules.lights import morning_of
from kernel.access import Role
from kernel.calendar.rules import ONE_DAY
from services_catalog.rules.items import Window


class NudgeKind(StrEnum):
    """Which reminder."""

    BEFORE = "before"  # 临期催办
    ON_THE_DAY = "on_the_day"  # 到期催办
    WINDOW_HEAD = "window_head"  # 超期告知窗口负责人
    DUTY_LEADER = "duty_leader"  # 督办


HANDLERS = frozenset({NudgeKind.BEFORE, NudgeKind.ON_THE_DAY})
LATE = frozenset({NudgeKind.WINDOW_HEAD, NudgeKind.DUTY_LEADER})
#: who answers for a window
HEADS = {
    Window.GENERAL: Role.DIRECTOR,
    Window.ENTERPRISE: Role.DIRECTOR,
    Window.VILLAGE_ACCOUNTS: Role.HEAD,
    Window.PETITIONS: Role.DIRECTOR,
}
#: who is told in the leader's place while the roster names nobody who logs in
STAND_IN = Role.DIRECTOR
#: who is told next where the one before may not: nobody hears of a complaint about himself
IN_TURN = (Role.DIRECTOR, Role.HEAD, Role.SUPERVISOR)
KEY_WORD = "nudge"
#: between the key of a text and the account that gets it in copy
COPY = ":copy"


@dataclass(frozen=True, slots=True)
class Term:
    """The days of a countdown that has a last one."""

    starts_on: date
    yellow_on: date
    due_on: date
    over_at: datetime


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who could be told of a case."""

    staff_id: int
    #: whether the window's own rule lets them know of it at all
    may_know: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How a countdown stands when a nudge about it is looked at again."""

    is_running: bool
    due_on: date | None
    over_at: datetime | None
    is_annulled: bool = False


def planned(term: Term) -> dict[NudgeKind, datetime]:
    """Return what a countdown gives rise to, each with the moment from which it is due."""
    at = {NudgeKind.WINDOW_HEAD: term.over_at, NudgeKind.DUTY_LEADER: term.over_at}
    if term.due_on > term.starts_on:
        at[NudgeKind.ON_THE_DAY] = morning_of(term.due_on)
    before = max(term.yellow_on, term.starts_on + ONE_DAY)
    if before < term.due_on:
        at[NudgeKind.BEFORE] = morning_of(before)
    return at


def is_true(kind: NudgeKind, due_on: date, stands: Standing, now: datetime, today: date) -> bool:
    """Say whether a nudge made for `due_on` still says what is so."""
    if not stands.is_running or stands.due_on != due_on or stands.over_at is None:
        return False
    if kind in LATE:
        return stands.over_at <= now and not stands.is_annulled
    if kind is NudgeKind.BEFORE:
        return today < due_on
    return today == due_on and now < stands.over_at


def first_to_hear(kind: NudgeKind, handler_id: int | None, in_turn: Iterable[Hearer]) -> int | None:
    """Return who is told, by account: the first in turn who may know of the case.

    督办 goes past the handler: nobody watches over their own lateness while another can.
    """
    at_worst = None
    for one in in_turn:
        if one.may_know and (kind is not NudgeKind.DUTY_LEADER or one.staff_id != handler_id):
            return one.staff_id
        if one.may_know:
            at_worst = one.staff_id
    return at_worst


def single_key(countdown_id: int, kind: NudgeKind, due_on: date) -> str:
    """Return the key of the text about one countdown."""
    return f"{KEY_WORD}:{countdown_id}:{kind}:{due_on}"


def several_key(staff_id: int, ready_at: datetime) -> str:
    """Return the key of the text about several: at most one an hour for one person.

    Five different texts to one number make the carriers look into it (domain notes on SMS).
    """
    return f"{KEY_WORD}s:{staff_id}:{ready_at:%Y-%m-%dT%H}"


def copy_key(key: str, staff_id: int) -> str:
    """Return the key of a text that goes to somebody in copy."""
    return f"{key}{COPY}{staff_id}"


def whole_key(key: str) -> str:
    """Return the key of the text that one in copy says again; of any other, its own."""
    return key.partition(COPY)[0]


def heads_of(window: Window, kind: NudgeKind) -> tuple[Role, ...]:
    """Return the posts that are told in whose place somebody else was to be, in turn."""
    first = STAND_IN if kind is NudgeKind.DUTY_LEADER else HEADS[window]
    return (first, *(role for role in IN_TURN if role is not first))


def first_kind(kinds: Collection[NudgeKind]) -> NudgeKind:
    """Return the kind that names the text where one person is told of two at once."""
    return next(kind for kind in NudgeKind if kind in kinds)
