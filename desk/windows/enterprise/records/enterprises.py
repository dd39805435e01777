"""企业 as stored: what everybody may know of a body; its people and papers are sealed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desk.windows.enterprise.rules.projects import EnterpriseStage
from kernel.database import PrimaryKey, Record


class Enterprise(Record):
    """企业: a body with a credit code."""

    __tablename__ = "enterprise"

    id: Mapped[PrimaryKey]
    #: 统一社会信用代码: public, with a check digit
    credit_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    stage: Mapped[EnterpriseStage]
    address: Mapped[str]
    made_at: Mapped[datetime]
    #: sees it until there is a project with an agent
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class EnterpriseContact(Record):
    """企业联系人: sealed by the town's key, bound to `enterprise_contact|<column>|<uuid>`."""

    __tablename__ = "enterprise_contact"

    id: Mapped[PrimaryKey]
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    #: 职务
    post: Mapped[str]
    name_sealed: Mapped[str]
    phone_sealed: Mapped[str]
    made_at: Mapped[datetime]
    #: since when they agree to be told by text; None: they do not
    consent_on: Mapped[date | None]
    #: nobody is rung up under this any more
    ended_at: Mapped[datetime | None]


class DossierPaper(Record):
    """库中材料: a paper the enterprise handed in once; a newer one of that name goes first."""

    __tablename__ = "dossier_paper"

    id: Mapped[PrimaryKey]
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    #: as checklists of the catalogue name it
    name: Mapped[str]
    valid_until_on: Mapped[date | None]
    note: Mapped[str]
    #: of the scan; empty where the paper itself lies here
    media_type: Mapped[str]
    #: bound to `dossier_paper|content|<uuid>`
    content_sealed: Mapped[str] = mapped_column(deferred=True)
    received_at: Mapped[datetime]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    #: given back, or taken in by mistake
    removed_at: Mapped[datetime | None]
