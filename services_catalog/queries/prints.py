"""印制查询: what prints say today, and which of those in people's hands say something else."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from kernel.editions import Edition, editions
from kernel.households import queries as register
from kernel.households.queries import Home
from kernel.town import queries as town
from kernel.town.records import Household
from services_catalog.queries.lists import published_list
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.records.cards import Board, CardIssue, PrintRun
from services_catalog.rules.items import VersionState, Window
from services_catalog.rules.prints.guide import (
    FIRMS_ONLY,
    Contact,
    Content,
    Imprint,
    Offer,
    Place,
    Unit,
    guide_content,
)
from services_catalog.rules.prints.kinds import CardFace, PrintKind, content_digest
from services_catalog.rules.prints.orders import (
    NoSuchVillage,
    NothingPublished,
    NoVillages,
)

_LIVING = (
    sa.select(
        CardIssue.household_id,
        CardIssue.generation,
        CardIssue.face,
        CardIssue.digest,
        Household.village_id,
    )
    .join(Household, Household.id == CardIssue.household_id)
    .where(CardIssue.ended_on.is_(None))
    .order_by(CardIssue.id)
)
_BOARDS = sa.select(Board.village_id, Board.size, Board.digest).order_by(Board.id)
_BOARD_RUNS = (
    sa.select(PrintRun.village_id, PrintRun.digest)
    .where(PrintRun.kind == PrintKind.BOARD)
    .order_by(PrintRun.id)
)
#: what a print's edition is made of
PRINTED_EDITIONS = (Edition.CATALOGUE, Edition.DIRECTORY, Edition.TOWN)


_STEPS_OF_FIRMS = (
    sa.select(ServiceItem.code)
    .join(ItemVersion, ItemVersion.item_id == ServiceItem.id)
    .where(ServiceItem.window == Window.ENTERPRISE, ItemVersion.audience == FIRMS_ONLY)
    .where(ItemVersion.state == VersionState.PUBLISHED)
)


class VillageGuide(NamedTuple):
    """What card and board of a village say today."""

    village_id: int
    place: Place
    content: Content
    digest: str


class BoardDue(NamedTuple):
    """A board to be made anew; `size` is empty where the village never had one."""

    guide: VillageGuide
    size: str


def imprint(session: Session, site: str) -> Imprint:
    """Return what every print says about the house. Raises NoTownYet."""
    here = town.the_town(session)
    return Imprint(
        here.name,
        here.hall,
        here.address,
        here.hours,
        here.duty_phone,
        here.complaint_phone,
        here.is_sample,
        site,
    )


def guides(session: Session, site: str) -> list[VillageGuide]:
    """Return what card and board of every village say, by the villages' codes.

    Raises: NoTownYet, NoVillages, NothingPublished.
    """
    house, offered, units = imprint(session, site), _offers(session), _units(session)
    advisers, places = town.advisers(session), town.villages(session)
    if not places:
        raise NoVillages
    found = []
    for village in places:
        contacts = [
            Contact(one.name, one.office, one.phone) for one in advisers.get(village.id, ())
        ]
        place = Place(village.code, village.name)
        content = guide_content(house, place, contacts, units, offered)
        found.append(VillageGuide(village.id, place, content, content_digest(content)))
    return found


def chosen(guides: Sequence[VillageGuide], wanted: Iterable[str]) -> list[VillageGuide]:
    """Return the guides of these villages, named by code or name; all where none is named.

    Raises: NoSuchVillage.
    """
    names = set(wanted)
    for name in names:
        if not any(name in guide.place for guide in guides):
            raise NoSuchVillage(village=name)
    return [guide for guide in guides if not names or names.intersection(guide.place)]


def stale_cards(session: Session, guides: Sequence[VillageGuide]) -> dict[int, list[Home]]:
    """Return, by village, the households to be given a new card, in walking order.

    Those without a living card, whose newest one says other words than today's, bears another
    door or name, or whose code has died. A village without any is left out.
    """
    good = _good_cards(session, {guide.village_id: guide.digest for guide in guides})
    found = {
        guide.village_id: [
            one for one in register.homes(session, guide.village_id) if face_of(one) not in good
        ]
        for guide in guides
    }
    return {village_id: households for village_id, households in found.items() if households}


def stale_of_village(session: Session, site: str, code: str) -> frozenset[int]:
    """Return the households of a village (by its code) that wait for a new card."""
    try:
        found = stale_cards(session, chosen(guides(session, site), [code]))
    except NothingPublished:
        return frozenset()
    return frozenset(one.id for homes in found.values() for one in homes)


def all_cards(session: Session, guides: Sequence[VillageGuide]) -> dict[int, list[Home]]:
    """Return the households of every village in walking order; villages without any left out."""
    found = {guide.village_id: register.homes(session, guide.village_id) for guide in guides}
    return {village_id: households for village_id, households in found.items() if households}


def face_of(household: Household | Home) -> CardFace:
    """Return what a household's card bears alone, as it is printed today."""
    return CardFace(household.id, household.card_generation, household.face)


def _good_cards(session: Session, digests: dict[int, str]) -> set[CardFace]:
    """Return what each household's newest living card bears, of those with today's words."""
    newest = {row.household_id: row for row in session.execute(_LIVING)}
    return {
        CardFace(row.household_id, row.generation, row.face)
        for row in newest.values()
        if digests.get(row.village_id) == row.digest
    }


def stale_boards(session: Session, guides: Sequence[VillageGuide]) -> list[BoardDue]:
    """Return the boards to be made anew: each one on file, and one where there is none."""
    runs = {row.village_id: row.digest for row in session.execute(_BOARD_RUNS)}
    hung: dict[int, list[tuple[str, str | None]]] = {}
    for row in session.execute(_BOARDS):
        hung.setdefault(row.village_id, []).append((row.size, row.digest))
    return [
        BoardDue(guide, size)
        for guide in guides
        for size, digest in hung.get(guide.village_id, [("", None)])
        if (digest or runs.get(guide.village_id)) != guide.digest
    ]


def edition(session: Session) -> list[int]:
    """Return the numbers that make up a print's edition."""
    present = editions(session)
    return [present[name] for name in PRINTED_EDITIONS]


def _offers(session: Session) -> list[Offer]:
    """Return what card and board offer a household.

    Who has a grievance finds the numbers on both; the steps of a firm's project are the window's
    to walk, so its going along with the whole of it is named once.
    """
    steps = set(session.scalars(_STEPS_OF_FIRMS))
    services = (one for one in published_list(session) if one.window is not Window.PETITIONS)
    listed = sorted((one for one in services if one.code not in steps), key=lambda one: one.code)
    if not listed:
        raise NothingPublished
    return [Offer(one.section, one.title, one.handling, one.phone) for one in listed]


def _units(session: Session) -> list[Unit]:
    return [
        Unit(one.group, one.name, one.business, one.place, one.hours, one.phone)
        for one in town.lasting_units(session)
    ]
