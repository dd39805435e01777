"""预约: a day, an hour and a place at which somebody and the hall meet about a case.

One appointment stands at a time. It is told once; its text is withdrawn when the appointment is
moved, cancelled or over. The hall is met on its opening days, which are not the law's.
Source: docs/rules.md (预约); pitfall 8: nobody is reminded of what is over or was called off.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.cases.rules.stages import OPEN, Stage
from kernel.calendar.rules import moment_words
from kernel.calendar.rules.opening import Opening
from kernel.clock import town_time
from kernel.errors import Refusal

#: further ahead nobody in the hall can promise a morning
FURTHEST = timedelta(days=90)
#: a closed case is still met about: the result is fetched
MET_ABOUT = OPEN | {Stage.COMPLETED, Stage.REFERRED}
_KEY = re.compile(r"case:\d+:appointment:(\d+)(?::.*)?")


class Venue(StrEnum):
    """Where they meet. Of the texts: no venue may say what the matter is."""

    HALL = "hall"
    VILLAGE = "village"
    HOME = "home"


VENUE_NAMES = {Venue.HALL: "到大厅来", Venue.VILLAGE: "在村委会", Venue.HOME: "上门办理"}
#: as a text and the timeline say it, after 在
VENUES = {Venue.HALL: "大厅", Venue.VILLAGE: "村里", Venue.HOME: "家中"}


class AppointmentEnd(StrEnum):
    """How an appointment ended."""

    KEPT = "kept"  # 如约办理
    MISSED = "missed"  # 没有来
    CANCELLED = "cancelled"  # 取消
    MOVED = "moved"  # 改期


END_NAMES = {
    AppointmentEnd.KEPT: "如约来办了",
    AppointmentEnd.MISSED: "没有来（上门没遇到）",
    AppointmentEnd.CANCELLED: "取消，不用来了",
}


class TimeIsOver(Refusal):
    message = "约的时间已经过了，请选以后的时间。"
    status = 422
    field = "on"


class TooFarAhead(Refusal):
    message = "最多约到{last}，再往后的到时再约。"
    status = 422
    field = "on"


class HallIsClosed(Refusal):
    message = "{day}大厅不开门，请改一天，或约在村里、上门办理。"
    status = 422
    field = "on"


class SameAppointment(Refusal):
    message = "已经约在这个时间、这个地点，不用再约。"


class NobodyToMeet(Refusal):
    message = "此件已经{stage}，不用再约时间。"


class NotYetOver(Refusal):
    message = "约的时间还没到，不能记“没有来”；不来了请选“取消”。"
    status = 422
    field = "how"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where."""

    at: datetime
    venue: Venue


def check_meeting(meeting: Meeting, opening: Opening, now: datetime) -> None:
    """Refuse a moment that is over or too far, or a day on which the hall is closed.

    Raises: TimeIsOver, TooFarAhead, HallIsClosed.
    """
    if meeting.at <= now:
        raise TimeIsOver
    if meeting.at > now + FURTHEST:
        raise TooFarAhead(last=_day(now + FURTHEST))
    if meeting.venue is Venue.HALL and not opening.is_open:
        raise HallIsClosed(day=_day(meeting.at))


def check_met_about(stage: Stage, name: str) -> None:
    """Refuse an appointment about a case nobody comes for any more. Raises: NobodyToMeet."""
    if stage not in MET_ABOUT:
        raise NobodyToMeet(stage=name)


def check_end(how: AppointmentEnd, at: datetime, now: datetime) -> None:
    """Refuse to say that somebody stayed away before the hour. Raises: NotYetOver."""
    if how is AppointmentEnd.MISSED and now < at:
        raise NotYetOver


def is_to_be_told(at: datetime, stage: Stage, *, stands: bool, now: datetime) -> bool:
    """Say whether the text about an appointment is still worth sending."""
    return stands and now < at and stage in MET_ABOUT


def key_of(case_id: int, appointment_id: int) -> str:
    """Return the key of an appointment's text."""
    return f"case:{case_id}:appointment:{appointment_id}"


def appointment_of(key: str) -> int | None:
    """Return which appointment a text is about, whoever it goes to."""
    found = _KEY.fullmatch(key)
    return int(found[1]) if found else None


def spoken_moment(at: datetime) -> str:
    """Return 11月22日14时30分, as a text says it."""
    here = town_time(at)
    minutes = f"{here.minute}分" if here.minute else ""
    return f"{here.month}月{here.day}日{here.hour}时{minutes}"


def made_line(meeting: Meeting, *, is_moved: bool) -> str:
    """Return the timeline's line about an appointment."""
    verb = "改约" if is_moved else "约定"
    return f"{verb}{moment_words(meeting.at)}在{VENUES[meeting.venue]}办理。"


def ended_line(how: AppointmentEnd, at: datetime) -> str:
    """Return the timeline's line about an appointment's end."""
    return f"{moment_words(at)}的预约：{END_NAMES[how]}。"


def _day(moment: datetime) -> str:
    here = town_time(moment)
    return f"{here.month}月{here.day}日"
