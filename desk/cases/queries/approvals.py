"""请示清单: what waits for a leader's answer, and what was answered. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.cases.records import Approval, Case, HoldType
from desk.cases.rules.approvals import APPROVERS, ASKABLE, ApprovalKind
from kernel.access import Role
from kernel.errors import NotFound

RECENT = 20


@dataclass(frozen=True, slots=True)
class Request:
    """A request with the case it is about and, of a hold, its type."""

    approval: Approval
    case: Case
    hold_type: HoldType | None


def decided_by(roles: Collection[Role]) -> list[ApprovalKind]:
    """Return the kinds that somebody with these roles may decide."""
    return [kind for kind, approvers in APPROVERS.items() if not approvers.isdisjoint(roles)]


def waiting(session: Session, roles: Collection[Role]) -> list[Request]:
    """Return what waits for somebody with these roles, the oldest first."""
    return _requests(session, _whole().where(_waits(roles)).order_by(Approval.id))


def number_waiting(session: Session, roles: Collection[Role]) -> int:
    """Return how much waits for somebody with these roles."""
    return session.scalar(_counted(frozenset(roles))) or 0


@cache
def _counted(roles: frozenset[Role]) -> sa.Select[tuple[int]]:
    # built once for the roles somebody has: every page of theirs asks
    query = sa.select(sa.func.count()).select_from(Approval).join(Case, Case.id == Approval.case_id)
    return query.where(_waits(roles))


def still_waiting(requests: Sequence[Request]) -> list[Request]:
    """Return what waits for an answer: what ended with its case, or was outrun, does not."""
    return [
        one
        for one in requests
        if one.approval.is_granted is None
        and one.approval.withdrawn_at is None
        and one.case.stage in ASKABLE[one.approval.kind]
    ]


def decided_lately(session: Session) -> list[Request]:
    """Return what was answered last, the newest first."""
    newest = _whole().where(Approval.decided_at.is_not(None)).order_by(Approval.decided_at.desc())
    return _requests(session, newest.limit(RECENT))


def requests_of(session: Session, case: Case) -> list[Request]:
    """Return what was asked about a case, in its order."""
    mine = _whole().where(Approval.case_id == case.id).order_by(Approval.id)
    return _requests(session, mine)


def approval(session: Session, approval_id: int) -> Approval:
    """Return one request. Raises NotFound."""
    found = session.get(Approval, approval_id)
    if found is None:
        raise NotFound
    return found


def hold_types(session: Session, *, retired: bool = False) -> list[HoldType]:
    """Return the types of holds in their order, those out of use only when asked for."""
    query = sa.select(HoldType).order_by(HoldType.id)
    return list(session.scalars(query if retired else query.where(HoldType.is_retired.is_(False))))


def _waits(roles: Collection[Role]) -> sa.ColumnElement[bool]:
    """Undecided, not withdrawn with its case, and still of use at the stage it stands at."""
    kinds = decided_by(roles)
    still = (sa.and_(Approval.kind == kind, Case.stage.in_(ASKABLE[kind])) for kind in kinds)
    waits = (Approval.decided_at.is_(None), Approval.withdrawn_at.is_(None))
    return sa.and_(*waits, sa.or_(sa.false(), *still))


def _whole() -> sa.Select[tuple[Approval, Case, HoldType | None]]:
    query = sa.select(Approval, Case, HoldType).join(Case, Case.id == Approval.case_id)
    return query.outerjoin(HoldType, HoldType.id == Approval.hold_type_id)  # type: ignore[return-value]


def _requests(
    session: Session, query: sa.Select[tuple[Approval, Case, HoldType | None]]
) -> list[Request]:
    return [Request(one, case, kind) for one, case, kind in session.execute(query)]
