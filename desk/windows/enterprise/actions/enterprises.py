"""企业的动作: register an enterprise, whom to ring there, and the papers it hands in once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from desk.cases.rules.attachments import ScannedPaper
from desk.windows.enterprise.actions.standings import forget
from desk.windows.enterprise.queries.enterprises import contact_place, is_known
from desk.windows.enterprise.records import DossierPaper, Enterprise, EnterpriseContact, Project
from desk.windows.enterprise.rules.dossier import Kept, check_kept
from desk.windows.enterprise.rules.projects import EnterpriseStage, KnownEnterprise
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.clock import town_day
from kernel.errors import Conflict
from kernel.house_session import vault_of


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a body is called, where it is, how far it has come."""

    credit_code: str
    name: str
    stage: EnterpriseStage
    address: str


@dataclass(frozen=True, slots=True)
class Named:
    """Whom to ring; the phone in its stored form."""

    name: str
    phone: str
    post: str
    #: to be told by text what ends soon
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A paper for the dossier, with its scan if there is one."""

    name: str
    valid_until_on: date | None
    note: str
    scan: ScannedPaper | None = None


def register(
    session: Session, told: Particulars, named: Named, actor: Actor, now: datetime
) -> Enterprise:
    """Put an enterprise on file with somebody to ring there. Raises KnownEnterprise."""
    if is_known(session, told.credit_code):
        raise KnownEnterprise
    row = Enterprise(
        credit_code=told.credit_code,
        name=told.name,
        stage=told.stage,
        address=told.address,
        made_at=now,
        made_by_id=actor.staff_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "enterprise.registered", _subject(row), now)
    add_contact(session, row, named, actor, now)
    return row


def change(
    session: Session,
    of: Enterprise,
    told: tuple[EnterpriseStage, str, int],
    actor: Actor,
    now: datetime,
) -> None:
    """Set how far an enterprise has come, and where it is: (stage, address, version on screen)."""
    stage, address, version = told
    if of.version != version:
        raise Conflict
    of.stage, of.address = stage, address
    session.flush()
    audit.record(session, actor, "enterprise.changed", _subject(of), now, stage=stage)


def add_contact(
    session: Session, of: Enterprise, named: Named, actor: Actor, now: datetime
) -> EnterpriseContact:
    """Write down whom to ring, sealed."""
    uuid, town = uuid4().hex, vault_of(session).town
    row = EnterpriseContact(
        enterprise_id=of.id,
        uuid=uuid,
        post=named.post,
        name_sealed=town.seal(named.name, contact_place("name", uuid)),
        phone_sealed=town.seal(named.phone, contact_place("phone", uuid)),
        made_at=now,
        consent_on=town_day(now) if named.agrees else None,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "enterprise.contact", _subject(of), now, contact=row.id)
    return row


def end_contact(
    session: Session, of: Enterprise, row: EnterpriseContact, actor: Actor, now: datetime
) -> None:
    """Ring somebody up no more."""
    row.ended_at = now
    session.flush()
    audit.record(session, actor, "enterprise.contact_ended", _subject(of), now, contact=row.id)


def keep_paper(
    session: Session, of: Enterprise, paper: HandedIn, actor: Actor, now: datetime
) -> DossierPaper:
    """Take a paper into the dossier; errands hand it in from there. Raises AlreadyOver."""
    check_kept(Kept(paper.name, paper.valid_until_on), town_day(now))
    uuid, scan = uuid4().hex, paper.scan
    sealed = vault_of(session).town.seal_bytes(scan.content, paper_place(uuid)) if scan else ""
    row = DossierPaper(
        enterprise_id=of.id,
        uuid=uuid,
        name=paper.name,
        valid_until_on=paper.valid_until_on,
        note=paper.note,
        media_type=scan.media_type if scan else "",
        content_sealed=sealed,
        received_at=now,
        received_by_id=actor.staff_id,
    )
    session.add(row)
    session.flush()
    forget(session, Project.enterprise_id == of.id)
    audit.record(session, actor, "dossier.kept", _subject(of), now, paper=row.id)
    return row


def reveal_paper(session: Session, row: DossierPaper, actor: Actor, now: datetime) -> bytes:
    """Return the scan of a paper, unsealed; the look is recorded."""
    subject = f"enterprise:{row.enterprise_id}"
    audit.record(session, actor, "dossier.revealed", subject, now, paper=row.id)
    return vault_of(session).town.open_bytes(row.content_sealed, paper_place(row.uuid))


def remove_paper(
    session: Session, of: Enterprise, row: DossierPaper, actor: Actor, now: datetime
) -> None:
    """Take a paper out of the dossier: its scan goes, the record of it stays."""
    row.removed_at, row.content_sealed = now, ""
    session.flush()
    forget(session, Project.enterprise_id == of.id)
    audit.record(session, actor, "dossier.removed", _subject(of), now, paper=row.id)


def paper_place(uuid: str) -> str:
    """Return what binds a sealed scan to its place."""
    return f"dossier_paper|content|{uuid}"


def _subject(of: Enterprise) -> str:
    return f"enterprise:{of.id}"
