"""印制: what has grown stale, and the buttons that print it, as long work."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kernel.text import checked_text
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house
from services_catalog.actions.prints import ask_print
from services_catalog.pages.cards import KEEPERS
from services_catalog.queries import prints
from services_catalog.rules.prints.kinds import PRINT_NAMES, PrintKind
from services_catalog.rules.prints.orders import NothingPublished, Order
from services_catalog.rules.prints.sheets import LEAFLET_SIZES

bp = Blueprint("printing", __name__, url_prefix="/prints")


@bp.get("/")
@open_to(KEEPERS)
def choose(**_: object) -> ResponseReturnValue:
    """Show what is stale, village by village, and what can be printed."""
    here = house()
    with here.reading() as session:
        try:
            guides = prints.guides(session, here.settings.public_url)
        except NothingPublished:
            guides = []
        stale = prints.stale_cards(session, guides)
        return render_template(
            "services_catalog/prints.html",
            guides=guides,
            stale={village: len(households) for village, households in stale.items()},
            boards=prints.stale_boards(session, guides),
            village_names=[(guide.place.code, guide.place.name) for guide in guides],
            print_names=PRINT_NAMES,
            leaflet_sizes=LEAFLET_SIZES,
        )


@bp.post("/")
@open_to(KEEPERS)
@asks_again(choose)
def order() -> ResponseReturnValue:
    """Put a print in the line of long work."""
    typed = Typed()
    kind = typed.choice("kind", PrintKind) or PrintKind.CARD
    size, item = typed.text("size", 20), typed.text("item", 60)
    typed.finish()
    village = checked_text(request.form.get("village", ""), 40)
    villages = (village,) if village else ()
    wanted = Order(kind, villages, item, size, only_stale="only_stale" in request.form)
    with answering() as post:
        if not post.was_answered:
            work = ask_print(post.session, wanted, (actor(), house().now()))
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)
