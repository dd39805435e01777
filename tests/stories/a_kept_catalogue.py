"""目录与一卡通: what staff keep in the catalogue and hand out in villages, to be looked at."""

from sqlalchemy.orm import Session

from kernel.access import HOUSE, Actor
from kernel.households.queries import of_village
from kernel.town.queries import village
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.actions import handing
from services_catalog.actions.handing import HandOver
from services_catalog.actions.prints import Printed, remember
from services_catalog.queries.prints import face_of, guides
from services_catalog.records.cards import Board
from services_catalog.rules.items import FormKind
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.uploads import Upload, media_type_of
from tests.builders import Visitor
from tests.pages.happy_paths import PDF, Forms

#: searched for in vain
MISSED = ("叽里呱啦的事", "九月的桂花落在旧船上找哪个")
FEE = "示例改动：不收费。\n办证工本费由县财政承担。"


def keep_the_catalogue(
    here: House, actor: Actor, director: Visitor, codes: tuple[str, ...]
) -> None:
    """Hang forms, publish a second version of one item, leave a draft of another, miss words."""
    revised, drafted = codes
    with here.writing() as session:
        _hang_forms(here, session, actor, revised)
        for words in MISSED:
            actions.note_missed(session, words, here.now())
    _edit(director, revised, "publish", fee=FEE, owner="民政窗口负责人", review_on="2020-01-02")
    _edit(director, drafted, "save", fee=FEE, conditions="示例改动：条件改了\n无")


def hand_out(here: House, actor: Actor, code: str) -> None:
    """Print the cards and the board of a village; one is handed over, one is lost."""
    with here.writing() as session:
        place, now = village(session, code), here.now()
        homes = of_village(session, place.id)
        site = here.settings.public_url
        guide = next(one for one in guides(session, site) if one.village_id == place.id)
        cards = [face_of(one) for one in homes]
        card = Printed(PrintKind.CARD, guide.content, len(cards), place.id, cards)
        board = Printed(PrintKind.BOARD, guide.content, 1, place.id, size="A1")
        hung = Board(village_id=place.id, place="村文化礼堂门口", size="A1", condition="")
        handing.hang_board(session, hung, here.today(), actor, now)
        remember(session, [card, board], HOUSE, now)
        handing.check_board(session, hung, "右下角破损", actor, now)
        first, second, *_ = homes
        how = HandOver(here.today(), "示例张禾", "示例户主的女儿")
        handing.hand_over(session, place.id, [first.id], how, (actor, now))
        handing.replace_lost(session, second, actor, now)


def _hang_forms(here: House, session: Session, actor: Actor, code: str) -> None:
    paper = queries.materials_of(session, queries.published(session, code).id)[0]
    for kind in FormKind:
        upload = Upload(paper.name, kind, media_type_of(PDF), PDF)
        actions.hang(session, actor, code, upload, here.now())


def _edit(director: Visitor, code: str, then: str, **typed: str) -> None:
    page = f"/catalogue/items/{code}/edit"
    form = next(fields for _, fields in Forms(director.open(page).text).found if "fee" in fields)
    words = {name: str(value) for name, value in form.items()}
    answer = director.press(page, **{**words, **typed, "then": then, "is_confirmed": "1"})
    assert answer.status_code == 303, answer.text
