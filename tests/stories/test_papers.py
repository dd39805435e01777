"""文书上纸: each paper of a case as it leaves the printer, from the screen and typeset."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy.orm import Session

from app import open_house, prepare
from desk.cases import queries
from desk.cases.actions.register import lookup_code
from desk.cases.actions.writing import issue_paper
from desk.cases.records import Case
from desk.cases.rules.declining import Declined, Ground
from desk.cases.rules.later_papers import delivered, extended, handed_over, held
from desk.cases.rules.legs import HandOver
from desk.cases.rules.paper_words import declined, given_back
from desk.cases.rules.papers import PAPER_TITLES, PaperKind, Said
from desk.cases.rules.people import Relation
from desk.cases.rules.results import Result
from kernel.clock import FixedClock, SystemClock
from kernel.settings import Settings
from kernel.web.house import House
from tests.builders import a_case, clerk, intake, person
from tests.stories.browser import COUNTER, PHONE, drawn, keep, keep_page, read_codes, watched
from tests.stories.counter import log_in
from tests.stories.running import RunningDesk

LONG = "BM-039"
NAME = "示例阿卜杜热合曼·买买提·𠮷﨑"
DAY = date(2026, 11, 20)
A4_LANDSCAPE = (842, 595)
SAID = {
    PaperKind.ONE_TIME_NOTICE: Said(
        ("请最迟2026年12月7日 周一补齐。以上为需要补正的全部内容。",),
        ("身份证（复印件看不清，请重新复印正反两面）", "村民委员会证明（未提交）"),
    ),
    PaperKind.REFERRAL: Said(),
    PaperKind.DECLINE: declined(
        Declined(Ground.NOT_OURS, "用地审批不归本机关管", "示例县自然资源局")
    ),
    PaperKind.PLEDGE: Said(("最迟2026年11月27日 周五交到窗口。",), ("收入证明（原件1份）",)),
    PaperKind.HOLD_NOTICE: held(
        "检测", DAY, date(2026, 12, 15), "行政许可法第四十五条", "房屋安全检测"
    ),
    PaperKind.EXTENSION_NOTICE: extended(10, "案情复杂，需要补充核查", "2026年12月31日 周四"),
    PaperKind.COMPLETION: Said(),
    PaperKind.DELIVERY_PROOF: delivered("邮寄", "示例0001"),
    PaperKind.RETURN_NOTICE: given_back("到期没有补齐", is_revoked=True),
    PaperKind.HAND_OVER: handed_over(
        "示例乡便民服务中心", "示例县住建局", HandOver("示例甲", "示例乙", "申请表\n身份证复印件")
    ),
}


@dataclass
class Drawer:
    """A served hall with a case about which every paper was given out."""

    desk: RunningDesk
    number: str = ""
    address: str = ""
    papers: dict[PaperKind, int] = field(default_factory=dict)

    def page_of(self, kind: PaperKind) -> str:
        """Return where a paper is shown."""
        return f"/windows/general/cases/{self.number}/paper?id={self.papers[kind]}"


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawer]:
    """Serve a hall in which one case has a paper of each kind, given out just now."""
    drawer = Drawer(RunningDesk(tmp_path_factory.mktemp("hall")))
    settings = Settings(
        var=drawer.desk.folder / "var",
        key_file=drawer.desk.folder / "town.key",
        public_url=drawer.desk.url,
    )
    clock = FixedClock(SystemClock().now() - timedelta(minutes=10))
    here = open_house(settings, clock)
    prepare(here)
    with here.writing() as session:
        give_out(here, session, drawer)
    here.database.engine.dispose()
    drawer.desk.start()
    yield drawer
    drawer.desk.stop()


def give_out(here: House, session: Session, drawer: Drawer) -> None:
    presenter = replace(person(2, "示例来办人"), relation=Relation.CHILD)
    taken = replace(intake(session, LONG, who=person(1, NAME)), presenter=presenter)
    case = a_case(here, session, here.now(), taken)
    case.result, case.result_note = Result.DENIED, "家庭人均收入高于本县最低生活保障标准。"
    case.closed_at = here.now()
    issue_paper(session, case, PaperKind.INTAKE_RECEIPT, clerk(session), here.now())
    for kind, said in SAID.items():
        issue_paper(session, case, kind, clerk(session), here.now(), said)
    drawer.number, drawer.papers = case.number, of(session, case)
    drawer.address = f"{drawer.desk.url}/C/{lookup_code(session, case)}".upper()


def of(session: Session, case: Case) -> dict[PaperKind, int]:
    return {one.kind: one.id for one in queries.papers_of(session, case)}


@pytest.fixture(scope="module")
def counter(chromium: Browser, drawer: Drawer) -> Iterator[Page]:
    """Log a clerk in at the counter's screen."""
    with watched(chromium, drawer.desk.url, viewport=COUNTER) as browser:
        page = browser.page()
        log_in(page, "director")
        yield page


def size(pdf: bytes) -> tuple[int, int]:
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width)), round(float(box.height))


def printed(page: Page, address: str) -> tuple[bytes, bytes]:
    """Return a paper as the screen prints it and as the typesetter sets it."""
    page.goto(address)
    href = page.get_by_role("link", name="PDF").first.get_attribute("href")
    assert href is not None
    typeset = page.context.request.get(href)
    assert typeset.headers["content-type"] == "application/pdf"
    return page.pdf(prefer_css_page_size=True), typeset.body()


@pytest.mark.usefixtures("printer")
@pytest.mark.parametrize("kind", [PaperKind.ACCEPTANCE, PaperKind.INTAKE_RECEIPT, *SAID])
def test_a_paper_is_one_sheet_with_two_copies_whose_codes_are_read(
    counter: Page, drawer: Drawer, kind: PaperKind, tmp_path: Path
) -> None:
    pdfs = printed(counter, drawer.page_of(kind))
    for name, pdf in zip(("screen", "typeset"), pdfs, strict=True):
        assert size(pdf) == A4_LANDSCAPE, name
        folder = tmp_path / name
        folder.mkdir()
        (sheet,) = drawn(pdf, folder)
        assert read_codes(sheet) == [drawer.address] * 2, name
        keep(f"paper-{kind}-{name}", sheet)
    expect(counter.locator("article.slip h1").first).to_have_text(PAPER_TITLES[kind])
    expect(counter.locator("article.slip").first).to_contain_text(NAME)


def test_the_list_the_letter_and_the_papers_are_read_on_every_screen(
    chromium: Browser, counter: Page, drawer: Drawer, tmp_path: Path
) -> None:
    pages = {
        "list": f"/cases/{drawer.number}/papers",
        "letter": f"/cases/{drawer.number}/authority",
        "one": drawer.page_of(PaperKind.DECLINE),
    }
    for name, path in pages.items():
        counter.goto(path)
        keep_page(counter, f"papers-{name}-1366")
    state = counter.context.storage_state()
    phone_options = {"viewport": PHONE, "is_mobile": True, "storage_state": state}
    with watched(chromium, drawer.desk.url, **phone_options) as phone:
        page = phone.page()
        for name, path in pages.items():
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
            keep_page(page, f"papers-{name}-360")
    for name, pdf in zip(("screen", "typeset"), printed(counter, pages["letter"]), strict=True):
        folder = tmp_path / name
        folder.mkdir()
        (sheet,) = drawn(pdf, folder)
        keep(f"paper-letter-{name}", sheet)


def test_a_paper_is_printed_again_by_keyboard(counter: Page, drawer: Drawer) -> None:
    counter.goto(f"/cases/{drawer.number}/papers")
    counter.get_by_label("的原因").first.focus()
    counter.keyboard.type("申请人遗失")
    counter.keyboard.press("Enter")
    counter.wait_for_url("**/paper?*again=1*")
    expect(counter.locator("article.slip .again").first).to_contain_text("补印")
    keep_page(counter, "papers-again-1366")
