"""一卡通发放: how far each village has come, who holds a card, and which are to be replaced."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.access import Role
from kernel.households import queries as households
from kernel.text import checked_text, whole_number
from kernel.town import queries as town
from kernel.town.records import Village
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed, uploaded_file
from kernel.web.form_posts import answering
from kernel.web.house import house
from kernel.work.actions import ask, put_aside
from services_catalog.actions import handing
from services_catalog.actions.handing import HandOver
from services_catalog.queries import handing as cards
from services_catalog.queries import prints
from services_catalog.records.cards import Board
from services_catalog.rules.prints import PRINT_NAMES

bp = Blueprint("cards", __name__, url_prefix="/cards")
KEEPERS = frozenset({Role.DIRECTOR, Role.ADMIN, Role.COUNTER})


@bp.get("/")
@open_to(KEEPERS)
def villages(**_: object) -> ResponseReturnValue:
    """Show, village by village, households on file, cards printed and handed over; the boards."""
    with house().reading() as session:
        places = town.villages(session)
        return render_template(
            "services_catalog/cards.html",
            villages=places,
            village_names=[(place.id, place.name) for place in places],
            names={place.id: place.name for place in places},
            coverage=cards.coverage(session),
            boards=cards.boards(session),
            runs=cards.runs(session),
            print_names=PRINT_NAMES,
            today=house().today(),
        )


@bp.get("/villages/<code>")
@open_to(KEEPERS)
def village(code: str) -> ResponseReturnValue:
    """Show the households of a village in walking order, with their cards; or the stale ones."""
    is_stale_only = "stale" in request.args
    with house().reading() as session:
        found = town.village(session, code)
        homes = households.of_village(session, found.id)
        stale = prints.stale_of_village(session, house().settings.public_url, code)
        shown = [one for one in homes if one.id in stale] if is_stale_only else homes
        return render_template(
            "services_catalog/village_cards.html",
            village=found,
            rows=households.named(session, shown),
            is_stale_only=is_stale_only,
            issues=cards.living_cards(session, found.id),
            stale=stale,
            today=house().today(),
        )


@bp.post("/import")
@open_to(KEEPERS)
@asks_again(villages)
def import_register() -> ResponseReturnValue:
    """Take in a sheet of households, as long work."""
    here = house()
    title, raw = uploaded_file()
    with answering() as post:
        if not post.was_answered:
            asked, file = (actor(), here.now()), put_aside(here.settings.var, title, raw)
            work = ask(post.session, "households.import", title, {"file": file}, asked)
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)


@bp.post("/villages/<code>/hand-over")
@open_to(KEEPERS)
@asks_again(village)
def hand_over(code: str) -> ResponseReturnValue:
    """Note which households got their card, on which day, from whom, and who signed."""
    typed = Typed()
    day, by = typed.day("handed_on"), typed.text("handed_by", 40)
    how = HandOver(day or house().today(), by or actor().name, typed.text("signed_by", 40))
    typed.finish()
    numbers = map(whole_number, request.form.getlist("households"))
    ticked = {one for one in numbers if one is not None}
    with answering() as post:
        if not post.was_answered:
            place = town.village(post.session, code)
            asked = (actor(), house().now())
            handing.hand_over(post.session, place.id, ticked, how, asked)
            post.go_to(".village", code=code)
    return redirect(post.answer, 303)


@bp.post("/villages/<code>/lost/<int:household_id>")
@open_to(KEEPERS)
@asks_again(village)
def lost(code: str, household_id: int) -> ResponseReturnValue:
    """Replace a lost card: the old QR dies at once."""
    with answering() as post:
        if not post.was_answered:
            household = households.by_id(post.session, household_id)
            handing.replace_lost(post.session, household, actor(), house().now())
            post.go_to(".village", code=code)
    return redirect(post.answer, 303)


@bp.post("/boards")
@open_to(KEEPERS)
@asks_again(villages)
def hang() -> ResponseReturnValue:
    """Note a board that hangs in a village."""
    typed = Typed()
    place, size, day = typed.text("place", 80), typed.text("size", 20), typed.day("hung_on")
    typed.finish()
    village_id = whole_number(request.form.get("village", "")) or 0
    with answering() as post:
        if not post.was_answered:
            found = post.session.get_one(Village, village_id)
            board = Board(village_id=found.id, place=place, size=size or "A1", condition="")
            handing.hang_board(post.session, board, day, actor(), house().now())
            post.go_to(".villages")
    return redirect(post.answer, 303)


@bp.post("/boards/<int:board_id>")
@open_to(KEEPERS)
@asks_again(villages)
def check(board_id: int) -> ResponseReturnValue:
    """Note a visit to a board."""
    condition = checked_text(request.form.get("condition", ""), 80)
    with answering() as post:
        if not post.was_answered:
            board = cards.board(post.session, board_id)
            handing.check_board(post.session, board, condition, actor(), house().now())
            post.go_to(".villages")
    return redirect(post.answer, 303)
