"""The printed page: every card's code opens its household, every word of the catalogue is there.

What is read here is the paper as it leaves the printer: the rendered page and the text in the PDF.
"""

import random
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import zxingcpp
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from bench.prints.households import settle
from kernel.access import HOUSE
from kernel.households import actions as register
from kernel.households import queries as households
from kernel.households.rules import HouseholdRow, Tally
from kernel.printing import LACKING, missing_glyphs, typeset
from kernel.town import queries as town
from kernel.town.queries import villages
from kernel.town.records import DirectoryUnit, Town, Village
from kernel.web.house import House
from services_catalog.jobs import print_order
from services_catalog.queries import books
from services_catalog.queries import prints as queries
from services_catalog.records import ItemVersion, ServiceItem
from services_catalog.records.cards import CardIssue, PrintRun
from services_catalog.rules.items import VersionState, Window
from services_catalog.rules.prints import PrintKind
from services_catalog.rules.prints.codes import card_address
from services_catalog.rules.prints.guide import FIRMS_ONLY
from services_catalog.rules.prints.kinds import sentences
from services_catalog.rules.prints.orders import LackingGlyphs, Order

SITE = "https://desk.test"
A_VILLAGE = 8
DECODED = 200
RARE = "示例户主𠮷㛃·乙"
SMALLEST = 10.5
pytestmark = [
    pytest.mark.parametrize("kind", ["sqlite"]),
    pytest.mark.usefixtures("nobody_on_file"),
]


def printed(here: House, out: Path, kind: PrintKind, **wanted: Any) -> str:
    return print_order(here, Order(kind, **wanted), out, HOUSE, lambda *_: None)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def rendered(file: Path, *options: str) -> Iterator[Image.Image]:
    folder = file.with_suffix("")
    folder.mkdir()
    subprocess.run(["pdftoppm", "-gray", *options, str(file), str(folder / "p")], check=True)
    for page in sorted(folder.iterdir()):
        with Image.open(page) as image:
            yield image.copy()


def test_the_codes_of_200_cards_taken_at_random_open_their_households(
    here: House, tmp_path: Path
) -> None:
    count = settle(here, limit=A_VILLAGE)
    out = tmp_path / "cards.pdf"
    assert f"{count}张" in printed(here, out, PrintKind.CARD)
    with here.reading() as session:
        expected = [
            card_address(SITE, households.card_code(session, one))
            for village in villages(session)
            for one in households.of_village(session, village.id)
        ]
    covers = list(rendered(out, "-r", "72", "-o"))
    assert len(covers) == count
    for place in random.Random(365).sample(range(count), DECODED):
        assert [code.text for code in zxingcpp.read_barcodes(covers[place])] == [expected[place]]
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CardIssue)) == count


def test_a_card_says_every_word_of_its_village_and_nothing_is_small(
    here: House, tmp_path: Path
) -> None:
    rows = [HouseholdRow(1, "V01", "一组", "1号", RARE, "", 1)]
    with here.writing() as session:
        register.take_in(session, "V01", rows, Tally())
    out = tmp_path / "card.pdf"
    printed(here, out, PrintKind.CARD, villages=("V01",))
    reader = PdfReader(out)
    assert len(reader.pages) == 2, "one sheet, folded once"
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    with here.reading() as session:
        [guide] = queries.chosen(queries.guides(session, SITE), ["V01"])
    assert squeezed(RARE) in text
    assert absent(guide.content, text) == []
    assert sum(len(group["units"]) for group in every(guide.content["groups"])) == 70
    listed = sum(len(section["items"]) for section in every(guide.content["sections"]))
    assert listed == 61, "the catalogue's sixty, and asking about the village's books"
    assert all(f"第{number}页共4页" in text for number in range(1, 5))
    assert min(sizes(out)) >= SMALLEST - 0.01


def every(content: object) -> list[dict[str, Any]]:
    assert isinstance(content, list)
    return content


def absent(content: object, text: str) -> list[str]:
    """Return what a print should say and does not; names of codes are for the machine."""
    return [said for said in sentences(content) if said != "V01" and squeezed(said) not in text]


def sizes(file: Path) -> set[float]:
    """Return the heights of all type in a PDF, in points."""
    shown = subprocess.run(
        ["pdftotext", "-bbox-layout", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout
    lines = re.findall(r'<word xMin="[^"]*" yMin="([^"]*)" xMax="[^"]*" yMax="([^"]*)"', shown)
    # poppler's box of a word is as high as its type
    return {round(float(low) - float(high), 2) for high, low in lines}


def test_a_board_of_any_size_says_what_the_card_says(here: House, tmp_path: Path) -> None:
    out = tmp_path / "board.pdf"
    for size in ("A1", "1200x800"):
        printed(here, out, PrintKind.BOARD, villages=("V01",), size=size)
        [page] = PdfReader(out).pages
        with here.reading() as session:
            [guide] = queries.chosen(queries.guides(session, SITE), ["V01"])
        assert absent(guide.content, squeezed(page.extract_text())) == []
    millimetres = [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]]
    assert millimetres == [1200, 800]
    [picture] = rendered(out, "-r", "36")
    assert zxingcpp.read_barcodes(picture)[0].text == f"{SITE.upper()}/V/V01"


def test_the_handbook_says_every_item_and_its_index_leads_to_it(
    here: House, tmp_path: Path
) -> None:
    out = tmp_path / "handbook.pdf"
    printed(here, out, PrintKind.HANDBOOK)
    reader = PdfReader(out)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"], "tagged"
    pages = [page.extract_text() for page in reader.pages]
    with here.reading() as session:
        content = books.handbook(session, SITE)
    body = squeezed("".join(map(without_running_lines, pages)))
    assert missing_words(content, body) == []
    for number, page in enumerate(pages[1:], 2):
        assert f"第{number}页共{len(pages)}页" in squeezed(page)
    squeezed_pages = list(map(squeezed, pages))
    at = next(n for n, page in enumerate(squeezed_pages) if "也叫：低保、吃低保" in page) + 1
    index = squeezed("".join(pages[-10:]))
    assert f"吃低保{at}" in index


def without_running_lines(page: str) -> str:
    """Return a page's text without its running head and foot."""
    text = re.sub(r"第\s*\d+\s*页\s*共\s*\d+\s*页", "", page)
    text = re.sub(r"内容截至\s*\d+\s*年\s*\d+\s*月\s*\d+\s*日", "", text)
    head = re.compile(r"^\s*(?:示例乡便民手册\s*\S+|\S+\s*示例乡便民手册)\s*$", re.MULTILINE)
    return head.sub("", text, count=1)


def missing_words(content: dict[str, Any], body: str) -> list[str]:
    unread = {"address", "code"}
    return [
        str(said)
        for chapter in content["chapters"]
        for item in chapter["items"]
        for name, value in item.items()
        if name not in unread
        for said in sentences(value)
        if squeezed(said) not in body
    ]


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_leaflet_leads_to_its_page(here: House, tmp_path: Path, size: str) -> None:
    out = tmp_path / "leaflet.pdf"
    printed(here, out, PrintKind.LEAFLET, item="BM-005", size=size)
    picture = next(rendered(out, "-r", "100"))
    assert zxingcpp.read_barcodes(picture)[0].text == f"{SITE.upper()}/I/BM-005"


def test_only_stale_prints_just_those_and_a_folder_gets_a_file_a_village(
    here: House, app: Flask, tmp_path: Path
) -> None:
    settle(here, limit=2)
    run = app.test_cli_runner().invoke
    first = run(args=["print", "cards", "--out", str(tmp_path / "all")])
    assert first.exit_code == 0, first.output
    assert len(list((tmp_path / "all").iterdir())) == 28
    again = run(args=["print", "cards", "--only-stale", "--out", str(tmp_path / "none.pdf")])
    assert (again.exit_code, "没有要换的" in again.output) == (1, True)
    with here.writing() as session:
        session.execute(sa.update(Village).where(Village.code == "V05").values(name="示例改名村"))
    some = run(args=["print", "cards", "--only-stale", "--out", str(tmp_path / "some.pdf")])
    assert "2张" in some.output
    assert len(PdfReader(tmp_path / "some.pdf").pages) == 4


def test_a_leaflet_of_each_item_and_a_villages_handbook_name_its_advisers(
    here: House, app: Flask, tmp_path: Path
) -> None:
    run = app.test_cli_runner().invoke
    with here.writing() as session:
        kept = sa.select(ServiceItem.id).where(ServiceItem.code.in_(("BM-001", "BM-005")))
        session.execute(
            sa.update(ItemVersion)
            .where(ItemVersion.item_id.not_in(kept))
            .values(state=VersionState.SUPERSEDED)
        )
        advisers = town.advisers(session)[town.village(session, "V01").id]
    village = ["--village", "V01"]
    refused = run(args=["print", "leaflet", "--out", str(tmp_path / "one.pdf")])
    assert (refused.exit_code, "一个文件只放一项" in refused.output) == (1, True)
    each = run(args=["print", "leaflet", "--out", str(tmp_path / "each"), *village])
    assert (each.exit_code, "2份" in each.output) == (0, True), each.output
    book = run(args=["print", "handbook", "--out", str(tmp_path / "book.pdf"), *village])
    assert book.exit_code == 0, book.output
    leaflets = sorted((tmp_path / "each").iterdir())
    assert [file.name for file in leaflets] == ["BM-001.pdf", "BM-005.pdf"]
    for file in (*leaflets, tmp_path / "book.pdf"):
        said = squeezed("".join(page.extract_text() for page in PdfReader(file).pages))
        assert all(one.name in said and one.phone in said for one in advisers)


def test_a_card_names_the_firms_agent_once_and_not_the_steps_of_a_firms_project(
    here: House,
) -> None:
    with here.writing() as session:
        step = sa.select(ServiceItem.id).where(ServiceItem.code == "BM-001").scalar_subquery()
        session.execute(
            sa.update(ServiceItem)
            .where(ServiceItem.code.in_(("BM-001", "BM-060")))
            .values(window=Window.ENTERPRISE)
        )
        session.execute(
            sa.update(ItemVersion).where(ItemVersion.item_id == step).values(audience=FIRMS_ONLY)
        )
    with here.reading() as session:
        said = list(sentences(queries.guides(session, SITE)[0].content["sections"]))
        named = sa.select(ServiceItem.code, ItemVersion.title).join(
            ItemVersion, ItemVersion.item_id == ServiceItem.id
        )
        titles = dict(session.execute(named).tuples().all())
    assert titles["BM-060"] in said
    assert titles["BM-001"] not in said


def test_an_empty_catalogue_is_refused_in_words(here: House, app: Flask, tmp_path: Path) -> None:
    with here.writing() as session:
        session.execute(sa.text("UPDATE item_version SET state = 'superseded'"))
    for kind in ("cards", "board", "handbook"):
        out = str(tmp_path / "out.pdf")
        said = app.test_cli_runner().invoke(args=["print", kind, "--out", out])
        assert (said.exit_code, "还没有已发布的事项" in said.output) == (1, True)


def test_a_character_without_a_glyph_is_never_silent(here: House, tmp_path: Path) -> None:
    lacking = "𪚥"
    assert missing_glyphs(f"示例{lacking}") == lacking
    with here.writing() as session:
        rows = [HouseholdRow(1, "V01", "一组", "1号", f"示例{lacking}", "", 1)]
        register.take_in(session, "V01", rows, Tally())
    out = tmp_path / "card.pdf"
    said = printed(here, out, PrintKind.CARD, villages=("V01",))
    assert "手写补上" in said
    assert f"示例{LACKING}" in squeezed(PdfReader(out).pages[0].extract_text())
    with here.writing() as session:
        session.execute(sa.update(DirectoryUnit).values(name=f"示例{lacking}局"))
    with pytest.raises(LackingGlyphs, match=lacking):
        printed(here, tmp_path / "other.pdf", PrintKind.CARD, villages=("V01",))
    assert not (tmp_path / "other.pdf").exists()


def test_what_cannot_be_recorded_is_not_left_lying_about(here: House, tmp_path: Path) -> None:
    settle(here, limit=1)
    with here.writing() as session:
        session.execute(sa.text("DROP TABLE print_run"))
    with pytest.raises(sa.exc.DatabaseError):
        printed(here, tmp_path / "cards.pdf", PrintKind.CARD, villages=("V01",))
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".pdf"] == []


def test_words_never_become_orders_to_the_typesetter(here: House, tmp_path: Path) -> None:
    trick = '#panic("x") $x$ *b* @y "'
    with here.writing() as session:
        session.execute(sa.update(Town).values(address=trick))
    out = tmp_path / "board.pdf"
    printed(here, out, PrintKind.BOARD, villages=("V01",))
    assert squeezed(trick) in squeezed(PdfReader(out).pages[0].extract_text())
    with here.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PrintRun)) == 1


def test_the_typesetter_marks_what_it_lacks(kind: str) -> None:
    values = {"hall": "𪚥", "groups": [], "modules": [[1]], "path": "x"}
    pages = PdfReader(BytesIO(typeset("recovery_sheet", values))).pages
    assert kind and LACKING in pages[0].extract_text()
