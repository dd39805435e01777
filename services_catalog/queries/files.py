"""表格与样表查询: the blank forms and filled samples of an item's materials."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from kernel.errors import NotFound
from services_catalog.records.items import MaterialForm


def material_forms(session: Session, item_id: int) -> dict[str, list[MaterialForm]]:
    """Return an item's forms by the name of their material, without their content.

    A page links one as `/forms/<id>/<file_name>`.
    """
    query = sa.select(MaterialForm).where(MaterialForm.item_id == item_id)
    found: dict[str, list[MaterialForm]] = {}
    for one in session.scalars(query.order_by(MaterialForm.material_name, MaterialForm.kind)):
        found.setdefault(one.material_name, []).append(one)
    return found


def form_with_content(session: Session, form_id: int) -> MaterialForm:
    """Return a form with its content. Raises NotFound."""
    found = session.get(MaterialForm, form_id, options=[undefer(MaterialForm.content)])
    if found is None:
        raise NotFound
    return found
