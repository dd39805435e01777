"""到期查询: mandates and papers that end soon and that nothing newer stands for."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from desk.windows.enterprise.queries.enterprises import by_whom
from desk.windows.enterprise.queries.settings import settings
from desk.windows.enterprise.records import (
    DossierPaper,
    Enterprise,
    Mandate,
    MandateNotice,
    PaperNotice,
    Project,
)
from desk.windows.enterprise.rules.access import sees_all
from desk.windows.enterprise.rules.endings import (
    Ending,
    horizon,
    read_key,
    reads_nobody,
    told_of,
)
from duty_roster.queries.people import whereabouts
from kernel.access import Actor, Role
from kernel.clock import town_day
from kernel.staff import queries as staff

_NEWER, _OTHER = aliased(Mandate), aliased(DossierPaper)
_RUNS = Project.archived_at.is_(None)
_SIGNED = (Mandate.signed_on.is_not(None), Mandate.revoked_on.is_(None))
_RENEWED = sa.exists().where(
    _NEWER.project_id == Mandate.project_id,
    _NEWER.signed_on.is_not(None),
    _NEWER.revoked_on.is_(None),
    _NEWER.until_on > Mandate.until_on,
)
_SPAN = (sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))
_FIRM = (Enterprise.id, Enterprise.name)
_LONGER = sa.or_(
    _OTHER.valid_until_on.is_(None), _OTHER.valid_until_on > DossierPaper.valid_until_on
)
_REPLACED = sa.exists().where(
    _OTHER.enterprise_id == DossierPaper.enterprise_id,
    _OTHER.name == DossierPaper.name,
    _OTHER.removed_at.is_(None),
    _LONGER,
)


@dataclass(frozen=True, slots=True)
class Near:
    """Something that ends soon, for a list."""

    what: Ending
    until_on: date
    #: of a paper
    name: str
    enterprise_id: int
    enterprise: str
    #: of a mandate
    project_id: int | None = None


def mandates_near(session: Session, today: date) -> list[tuple[Mandate, Project]]:
    """Return the mandates that end soon, each with its project, the first first."""
    query = _mandates(today, settings(session).mandate_days).order_by(Mandate.until_on, Mandate.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def papers_near(session: Session, today: date) -> list[DossierPaper]:
    """Return the papers of enterprises with a running project that run out soon."""
    order = (DossierPaper.valid_until_on, DossierPaper.id)
    query = _papers(today, settings(session).paper_days).order_by(*order)
    return list(session.scalars(query))


def untold_mandates(session: Session, today: date) -> list[tuple[Mandate, Project]]:
    """Return those of which nobody was told yet."""
    told = sa.select(MandateNotice.mandate_id)
    query = _mandates(today, settings(session).mandate_days).where(Mandate.id.not_in(told))
    return [(row[0], row[1]) for row in session.execute(query.order_by(Mandate.id))]


def untold_papers(session: Session, today: date) -> list[DossierPaper]:
    """Return those of which nobody was told yet, the first to run out first."""
    told = sa.select(PaperNotice.paper_id)
    query = _papers(today, settings(session).paper_days).where(DossierPaper.id.not_in(told))
    return list(session.scalars(query.order_by(DossierPaper.valid_until_on, DossierPaper.id)))


def is_any_untold(session: Session, today: date) -> bool:
    """Say whether there is something to tell; asked before anybody takes the write lock."""
    return bool(untold_mandates(session, today) or untold_papers(session, today))


def is_still_ending(session: Session, key: str, now: datetime) -> bool:
    """Say whether the text of a key still says what is so: nothing newer stands for it."""
    what, number = read_key(key)
    today = town_day(now)
    if what is Ending.MANDATE:
        return number in {one.id for one, _ in mandates_near(session, today)}
    return number in {one.id for one in papers_near(session, today)}


def near(session: Session, actor: Actor, today: date) -> list[Near]:
    """Return what ends soon of the projects somebody may see, the first first."""
    kept, whole = settings(session), sees_all(actor)
    asked = {"me": actor.staff_id, "first": today}
    until = {"last": horizon(today, kept.mandate_days)}
    mandates = session.execute(_near_mandates(whole=whole), asked | until)
    until = {"last": horizon(today, kept.paper_days)}
    papers = session.execute(_near_papers(whole=whole), asked | until)
    found = [Near(Ending.MANDATE, *row) for row in mandates]
    found += [Near(Ending.PAPER, *row) for row in papers]
    return sorted(found, key=lambda one: (one.until_on, one.enterprise_id))


def to_tell(session: Session, among: sa.ColumnElement[bool], today: date) -> set[int]:
    """Return who is told of what ends of some running projects, by account."""
    query = sa.select(Project.agent_id, Project.deputy_id).where(_RUNS, among)
    pairs = [(row[0], row[1]) for row in session.execute(query)]
    in_use = {one.id for one in staff.everyone(session) if one.disabled_at is None}
    here = whereabouts(session, {one for pair in pairs for one in pair if one}, today)
    found = {who for pair in pairs for who in told_of(*pair, in_use, here)}
    if reads_nobody(found, here):
        found |= {one.id for one in staff.holding(session, Role.DIRECTOR)}
    return found


@cache
def _near_mandates(*, whole: bool) -> sa.Select[Any]:
    shown = (Mandate.until_on, sa.literal(""), *_FIRM, Project.id)
    query = sa.select(*shown).join(Project, Project.id == Mandate.project_id)
    query = query.join(Enterprise, Enterprise.id == Project.enterprise_id)
    soon = (Mandate.until_on.between(*_SPAN), by_whom(sees_all=whole))
    return query.where(_RUNS, *_SIGNED, sa.not_(_RENEWED), *soon)


@cache
def _near_papers(*, whole: bool) -> sa.Select[Any]:
    own = sa.select(Project.enterprise_id).where(_RUNS, by_whom(sees_all=whole))
    query = sa.select(DossierPaper.valid_until_on, DossierPaper.name, *_FIRM)
    query = query.join(Enterprise, Enterprise.id == DossierPaper.enterprise_id)
    soon = (DossierPaper.valid_until_on.between(*_SPAN), Enterprise.id.in_(own))
    return query.where(DossierPaper.removed_at.is_(None), sa.not_(_REPLACED), *soon)


def _mandates(today: date, days: int) -> sa.Select[tuple[Mandate, Project]]:
    soon = Mandate.until_on.between(today, horizon(today, days))
    query = sa.select(Mandate, Project).join(Project, Project.id == Mandate.project_id)
    return query.where(_RUNS, soon, *_SIGNED, sa.not_(_RENEWED))


def _papers(today: date, days: int) -> sa.Select[tuple[DossierPaper]]:
    soon = DossierPaper.valid_until_on.between(today, horizon(today, days))
    running = sa.select(Project.enterprise_id).where(_RUNS)
    return sa.select(DossierPaper).where(
        soon,
        DossierPaper.removed_at.is_(None),
        DossierPaper.enterprise_id.in_(running),
        sa.not_(_REPLACED),
    )
