"""村与一卡通: a village's page, and the page behind a household's card."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from kernel.households import queries as households
from kernel.households.rules import NoSuchCard
from kernel.town import queries as town
from kernel.town.records import Village
from kernel.town.rules import DIRECTORY_GROUPS
from kernel.web.doors import EVERYONE, open_to
from kernel.web.house import house
from services_catalog import queries as catalogue
from services_catalog.queries.handing import boards_of

bp = Blueprint("places", __name__)


@bp.get("/villages/<code>")
@bp.get("/v/<code>", endpoint="typed")
@bp.get("/V/<code>", endpoint="board")
@open_to(EVERYONE)
def village(code: str) -> ResponseReturnValue:
    """Show a village's advisers and the guide of its board."""
    with house().reading() as session:
        found = town.village(session, code.upper())
        return render_template(
            "desk/villager/village.html",
            village=found,
            advisers=town.advisers(session).get(found.id, []),
            events=catalogue.events(session),
            sections=catalogue.sections(session),
            boards=boards_of(session, found.id),
        )


@bp.get("/h/<code>")
@bp.get("/H/<code>", endpoint="card")
@open_to(EVERYONE)
def card(code: str) -> ResponseReturnValue:
    """Show what a card leads to: the village's people to ring. Never who lives there."""
    g.is_personal = True
    with house().reading() as session:
        household = households.by_card(session, code)
        if household is None:
            raise NoSuchCard
        found = session.get_one(Village, household.village_id)
        return render_template(
            "desk/villager/card.html",
            village=found,
            advisers=town.advisers(session).get(found.id, []),
            events=catalogue.events(session),
            units=town.open_units(session, house().today()),
            groups=DIRECTORY_GROUPS,
        )
