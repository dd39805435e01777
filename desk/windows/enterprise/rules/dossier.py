"""企业材料库: an enterprise's papers, kept once; what the coming errands still lack.

Source: house rule (a paper handed in once is not asked for again); the days are the hall's choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desk.cases.rules.intake import Brought, MaterialState
from kernel.errors import InvalidInput, Refusal
from kernel.text import folded

#: a paper that ends within this many days is said to be ending, unless the town sets another
EXPIRY_WARNING_DAYS = 30
#: for so many errands ahead the missing papers are told at once
ERRANDS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """申请材料 of an item, as its checklist names it."""

    name: str
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper in the dossier."""

    name: str
    #: None: it does not run out
    valid_until_on: date | None = None

    def is_good(self, day: date) -> bool:
        """Say whether it can be handed in that day."""
        return self.valid_until_on is None or day <= self.valid_until_on


@dataclass(frozen=True, slots=True)
class Lacking:
    """What an errand still needs from the enterprise."""

    name: str
    #: there is one, but it ran out on this day
    expired_on: date | None = None


class PapersLacking(Refusal):
    message = "材料库里还缺：{names}。补齐后再递件，已有的材料不用再交。"


class AlreadyOver(InvalidInput):
    message = "有效期已经过了，请收新的；没有期限的不用填。"
    field = "valid_until_on"


def check_kept(paper: Kept, today: date) -> None:
    """Refuse a paper that has run out already. Raises: AlreadyOver."""
    if not paper.is_good(today):
        raise AlreadyOver


def lacking(wanted: Sequence[Wanted], kept: Iterable[Kept], day: date) -> list[Lacking]:
    """Return what of the wanted papers the dossier cannot give on a day."""
    found: dict[str, Kept] = {}
    for paper in kept:
        name, known = folded(paper.name), found.get(folded(paper.name))
        if known is None or not known.is_good(day):
            found[name] = paper
    missing = []
    for one in wanted:
        paper_kept = found.get(folded(one.name))
        if paper_kept is None or not paper_kept.is_good(day):
            missing.append(Lacking(one.name, paper_kept.valid_until_on if paper_kept else None))
    return missing


def lacking_words(missing: Sequence[Lacking]) -> str:
    """Return what is lacking, in one sentence's words."""
    return "、".join(
        f"{one.name}（{one.expired_on}已过期）" if one.expired_on else one.name for one in missing
    )


def taken(wanted: Sequence[Wanted], kept: Iterable[Kept], day: date) -> list[Brought]:
    """Return an item's checklist, all of it out of the dossier. Raises: PapersLacking."""
    missing = lacking(wanted, kept, day)
    if missing:
        raise PapersLacking(names=lacking_words(missing))
    return [Brought(one.name, one.copies, MaterialState.BROUGHT) for one in wanted]


def ends_soon(paper: Kept, today: date, soon: int = EXPIRY_WARNING_DAYS) -> bool:
    """Say whether a paper has run out, or is about to."""
    until = paper.valid_until_on
    return until is not None and (until - today).days <= soon
