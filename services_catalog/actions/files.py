"""表格与样表: hang a blank form or a filled sample beside a material, and take it down."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.access import Actor
from kernel.audit.actions import record
from kernel.editions import Edition, raise_edition
from kernel.errors import NotFound
from services_catalog import queries
from services_catalog.queries import keeping as kept
from services_catalog.records.items import MaterialForm
from services_catalog.rules.uploads import NoSuchMaterial, Upload


def hang(session: Session, actor: Actor, code: str, upload: Upload, now: datetime) -> None:
    """Hang a form beside a material, in place of the one of its kind. Raises NoSuchMaterial."""
    item = kept.item(session, code)
    papers = queries.materials_of(session, kept.newest(session, code).id)
    if upload.material_name not in {paper.name for paper in papers}:
        raise NoSuchMaterial(name=upload.material_name)
    row = _row(session, item.id, upload) or MaterialForm(
        item_id=item.id, material_name=upload.material_name, kind=upload.kind
    )
    row.file_name, row.media_type = upload.file_name, upload.media_type
    row.content, row.size, row.added_at = upload.content, len(upload.content), now
    session.add(row)
    raise_edition(session, Edition.CATALOGUE)
    facts = {"file": row.file_name, "bytes": row.size}
    record(session, actor, "catalogue.form_hung", f"item:{code}", now, **facts)


def take_down_form(session: Session, actor: Actor, code: str, form_id: int, now: datetime) -> None:
    """Take a form down. Raises NotFound."""
    row = session.get(MaterialForm, form_id)
    if row is None or row.item_id != kept.item(session, code).id:
        raise NotFound
    session.delete(row)
    raise_edition(session, Edition.CATALOGUE)
    record(session, actor, "catalogue.form_taken_down", f"item:{code}", now, file=row.file_name)


def _row(session: Session, item_id: int, upload: Upload) -> MaterialForm | None:
    return session.scalar(
        sa.select(MaterialForm).where(
            MaterialForm.item_id == item_id,
            MaterialForm.material_name == upload.material_name,
            MaterialForm.kind == upload.kind,
        )
    )
