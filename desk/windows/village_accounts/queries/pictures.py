"""公开的图片: pictures kept with a sheet, and which of them everybody may see."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.windows.village_accounts.queries.disclosure import Sheet
from desk.windows.village_accounts.records import DisclosurePicture, DisclosureRelease
from desk.windows.village_accounts.rules.open_books import PictureKind, picture_place
from kernel.errors import NotFound
from kernel.house_session import vault_of


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what was decided about it last."""

    row: DisclosurePicture
    last: DisclosureRelease | None

    @property
    def is_public(self) -> bool:
        """Say whether everybody may see it."""
        return self.last is not None and self.last.is_public


def of_sheet(session: Session, sheet_id: int) -> list[Picture]:
    """Return everything kept with a sheet, in order."""
    query = sa.select(DisclosurePicture).where(DisclosurePicture.disclosure_id == sheet_id)
    found = session.scalars(query.order_by(DisclosurePicture.id)).all()
    return _decided(session, found)


def of_line(session: Session, sheet_id: int, line: int) -> list[Picture]:
    """Return the redacted originals of one line."""
    return [one for one in of_sheet(session, sheet_id) if one.row.line == line]


def _decided(session: Session, found: Sequence[DisclosurePicture]) -> list[Picture]:
    ids = [one.id for one in found]
    query = sa.select(DisclosureRelease).where(DisclosureRelease.picture_id.in_(ids))
    last = {one.picture_id: one for one in session.scalars(query.order_by(DisclosureRelease.id))}
    return [Picture(one, last.get(one.id)) for one in found]


def of(session: Session, sheet: Sheet, picture_id: int) -> DisclosurePicture:
    """Return a picture of a sheet. Raises: NotFound."""
    found = session.get(DisclosurePicture, picture_id)
    if found is None or found.disclosure_id != sheet.disclosure.id:
        raise NotFound
    return found


def redacted(session: Session, sheet: Sheet, picture_id: int) -> DisclosurePicture:
    """Return a redacted original of a sheet. Raises: NotFound."""
    found = of(session, sheet, picture_id)
    if found.kind is not PictureKind.REDACTED:
        raise NotFound
    return found


def public_of_line(session: Session, sheet_id: int, line: int) -> DisclosurePicture | None:
    """Return the original of a line that everybody may see, if there is one."""
    open_ones = [one.row for one in of_line(session, sheet_id, line) if one.is_public]
    return open_ones[-1] if open_ones else None


def content(session: Session, of: DisclosurePicture) -> tuple[bytes, str]:
    """Return a picture, and its kind."""
    town = vault_of(session).town
    return town.open_bytes(of.content_sealed, picture_place(of.uuid)), of.media_type
