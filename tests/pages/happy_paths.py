"""顺利的一次: for every button of every form, one press that succeeds, as a person would do it.

What a form holds already is read from its page, so that only what is typed stands here.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser

import pyotp
import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from desk.cases.actions.countdowns import running, settings
from desk.cases.actions.silence import accept_by_silence
from desk.cases.queries.approvals import hold_types
from desk.cases.records import Countdown
from desk.cases.rules.approvals import ApprovalKind, Asked
from desk.cases.rules.intake import Answer
from kernel.access import HOUSE
from kernel.clock import FixedClock, town_day
from kernel.households.actions import take_in
from kernel.households.rules import HouseholdRow, Tally
from kernel.town.queries import villages
from kernel.town.records import Household
from kernel.web.house import House
from kernel.work.actions import hold, take_up
from services_catalog.actions.prints import Printed, remember
from services_catalog.queries.prints import face_of, guides
from services_catalog.records import ServiceItem
from services_catalog.rules.prints import PrintKind
from tests.actions.a_relay import granted
from tests.builders import (
    BASE,
    CARRIED,
    HERE,
    REFERRED,
    Visitor,
    a_case,
    clerk,
    intake,
    mobile,
    person,
    resident_number,
)
from tests.pages.every_page import places
from tests.pages.happy_amends import AMENDS
from tests.pages.happy_books import BOOKS
from tests.pages.happy_bundles import BUNDLES
from tests.pages.happy_calendar import CALENDAR
from tests.pages.happy_duty import DUTY
from tests.pages.happy_enterprise import ENTERPRISE
from tests.pages.happy_joint import JOINT
from tests.pages.happy_messages import MESSAGES
from tests.pages.happy_money import MONEY
from tests.pages.happy_obstacles import OBSTACLES
from tests.pages.happy_open_books import OPEN_BOOKS
from tests.pages.happy_own_page import OWN_PAGE
from tests.pages.happy_registers import REGISTERS
from tests.pages.happy_rota import ROTA

WORDS = "/catalogue/synonyms"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what it would send untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, MultiDict[str, object]]] = []
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field with the value it has."""
        of = dict(attrs)
        name, value = of.get("name") or "", of.get("value") or ""
        if tag == "form" or "formaction" in of:
            self._begin(tag, of)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and self.found:
            fields = self.found[-1][1]
            if "selected" in of or self._select not in fields:
                fields.setlist(self._select, [value])
        elif tag == "textarea":
            self._area = name
        elif tag == "input" and name and self.found:
            kind = of.get("type", "text")
            if kind not in {"checkbox", "radio", "file", "submit"} or "checked" in of:
                self.found[-1][1].add(name, value)

    def _begin(self, tag: str, of: dict[str, str | None]) -> None:
        """Note a form, or a button that sends the same fields elsewhere."""
        fields = MultiDict[str, object]() if tag == "form" else self.found[-1][1]
        self.found.append((of.get("formaction") or of.get("action") or "", fields))

    def handle_endtag(self, tag: str) -> None:
        """Note that a field with a body is over."""
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Note what stands in a large field."""
        if self._area and self.found:
            self.found[-1][1].setlist(self._area, [data.strip("\n")])


@dataclass(frozen=True)
class Upload:
    """A file on somebody's desk, to be chosen in a form as often as it is sent."""

    content: bytes
    name: str

    def opened(self) -> tuple[io.BytesIO, str]:
        """Return it as the browser of the tests wants it."""
        return io.BytesIO(self.content), self.name


@dataclass
class Hall:
    """A hall in which everything needed is already there, and people who press buttons."""

    here: House
    app: Flask
    clock: FixedClock
    browsers: dict[str, Visitor] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = places(self.here)
        #: how a filled-in form is sent; a test may look on
        self.send = self.post

    def browser(self, username: str) -> Visitor:
        """Return the browser of a member of staff, logged in (a villager's for "")."""
        if username not in self.browsers:
            self.browsers[username] = Visitor(self.app.test_client())
            if username:
                self.browsers[username].log_in(username)
        return self.browsers[username]

    def press(self, who: str, page: str, action: str, /, **typed: object) -> TestResponse:
        """Open a page, fill in the form that goes to `action`, and press its button."""
        browser = self.browser(who)
        shown = browser.open(page)
        assert shown.status_code == 200, (page, shown.status_code, shown.headers)
        fields = next(
            fields
            for goes_to, fields in Forms(shown.text).found
            if (goes_to or page.partition("?")[0]) == action and "csrf_token" in fields
        )
        for name, value in typed.items():
            fields.setlist(name, value if isinstance(value, list) else [value])
        return self.send(browser, action, fields)

    def post(self, browser: Visitor, action: str, fields: MultiDict[str, object]) -> TestResponse:
        """Send a form once."""
        data = MultiDict(
            (name, value.opened() if isinstance(value, Upload) else value)
            for name, value in fields.items(multi=True)
        )
        return browser.client.post(action, base_url=BASE, data=data)

    def upload(self, content: bytes, name: str) -> Upload:
        """Return a file to be chosen in a form."""
        return Upload(content, name)

    def case(self, code: str = HERE) -> str:
        """Register another case; return its address."""
        with self.here.writing() as session:
            answer = Answer.CARRY if code == CARRIED else Answer.ACCEPT
            taken = intake(session, code, answer)
            number = a_case(self.here, session, self.here.now(), taken).number
        return f"/windows/general/cases/{number}"

    def household(self) -> tuple[str, int]:
        """Put a household on file; return its village's code and its number."""
        with self.here.writing() as session:
            place = villages(session)[0]
            row = HouseholdRow(2, place.name, "1", "示例门牌1号", "示例户主甲")
            take_in(session, place.code, [row], Tally())
            session.flush()
            newest = sa.select(sa.func.max(Household.id))
            return place.code, session.scalar(newest) or 0

    def staff_button(self, button: str, whom: str, **typed: object) -> TestResponse:
        """Press a button beside somebody's account."""
        with self.here.reading() as session:
            number = clerk(session, whom).staff_id
        return self.press("admin", "/staff/", f"/staff/{number}/{button}", **typed)

    def work(self, uuid: str) -> None:
        """Let a piece of long work be done."""
        with self.here.writing() as session:
            while take_up(session, self.here.now()) not in {uuid, None}:
                pass
        assert self.app.test_cli_runner().invoke(args=["work", uuid]).exit_code == 0

    def about_missed(self, button: str, **typed: object) -> TestResponse:
        """Search for something in vain, then press a button about it."""
        words = {"name": "饕餮", "explain": "魑魅魍魉", "ignore": "邋遢"}[button]
        self.browser("").client.get("/items/", query_string={"q": words}, base_url=BASE)
        page = f"/catalogue/missed?words={words}&q=身份证"
        return self.press("director", page, f"/catalogue/missed/{button}", words=words, **typed)


def login(hall: Hall) -> TestResponse:
    return hall.press("", "/login", "/login", username="counter2", password="shili365")


def take_in_case(hall: Hall) -> TestResponse:
    form = f"/windows/general/new/{HERE}"
    return hall.press(
        "counter1",
        form,
        form,
        answer="accept",
        applicant_name="示例群众庚",
        applicant_document_number=resident_number(3),
        applicant_phone=mobile(3),
        brought=[str(place) for place in range(20)],
    )


def on_a_case(button: str, code: str = HERE, **typed: object) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        page = hall.case(code)
        return hall.press("counter1", page, f"{page}/{button}", **typed)

    return press


def reprint(hall: Hall) -> TestResponse:
    page = f"/cases/{number_of(hall.case())}/papers"
    shown = hall.browser("counter1").open(page).text
    again = re.findall(rf'action="({page}/[0-9]+/reprint)"', shown)
    return hall.press("counter1", page, again[0], reason="申请人遗失")


def correct(hall: Hall) -> TestResponse:
    page = f"{hall.case()}/correct"
    return hall.press("counter1", page, page, applicant_name="示例群众辛", reason="笔误")


def brought_by_an_adviser(hall: Hall) -> TestResponse:
    form = f"/adviser/new/{CARRIED}"
    typed = {"name": "示例邻居甲", "phone": mobile(4), "brought": "1", "consent": "1"}
    return hall.press("adviser", form, form, **typed)


def check_in(hall: Hall) -> TestResponse:
    number = brought_by_an_adviser(hall).headers["Location"].rpartition("/")[2]
    page = f"/cases/{number}/examine"
    return hall.press("counter1", page, page, answer="notice", brought=["0"])


def before_acceptance(
    button: str, answer: Answer = Answer.RECEIVE, page: str = "", **typed: object
) -> Callable[[Hall], TestResponse]:
    """Press a button about a case that the counter answered so, on its own page or `page`."""

    def press(hall: Hall) -> TestResponse:
        with hall.here.writing() as session:
            taken = intake(session, HERE, answer)
            number = a_case(hall.here, session, hall.here.now(), taken).number
        opened = f"/cases/{number}/{page or button}"
        return hall.press("counter1", opened, f"/cases/{number}/{button}", **typed)

    return press


def let_go(hall: Hall) -> TestResponse:
    with hall.here.writing() as session:
        taken = intake(session, HERE, Answer.RECEIVE)
        case = a_case(hall.here, session, hall.here.now(), taken)
        settings(session).accepts_all_by_silence = True
        (examination,) = running(session, case)
        examination.over_at = hall.here.now()  # no later moment: every other press is of today
        assert accept_by_silence(session, case, hall.here.now(), hall.here.hall(session))
        page = f"/cases/{case.number}/deemed"
    return hall.press("counter1", page, page)


def ask_the_hall(hall: Hall) -> TestResponse:
    return hall.press("adviser", "/adviser/", "/adviser/enquiries", question="几点开门", answer="")


def answer_an_adviser(hall: Hall) -> TestResponse:
    ask_the_hall(hall)
    return hall.press("director", "/advisers/", "/advisers/enquiries/1", answer="八点半")


def leave(hall: Hall) -> TestResponse:
    answer = hall.press("head", "/me/", "/logout")
    del hall.browsers["head"]
    return answer


def ask_a_leader(hall: Hall, kind: str = "redating", **typed: object) -> TestResponse:
    page = f"/cases/{hall.case().rpartition('/')[2]}/ask"
    return hall.press("counter1", f"{page}?kind={kind}", page, reason="受理日写错了", **typed)


def answer_a_request(hall: Hall) -> TestResponse:
    ask_a_leader(hall)
    waiting = hall.browser("head").open("/cases/approvals").text
    newest = re.findall(r'action="(/cases/approvals/[0-9]+)"', waiting)[-1]
    return hall.press("head", "/cases/approvals", newest, decision="grant")


def number_of(page: str) -> str:
    return page.rpartition("/")[2]


def end_a_hold(hall: Hall) -> TestResponse:
    number = number_of(hall.case())
    with hall.here.reading() as session:
        kind = hold_types(session)[0].id
    until_on = town_day(hall.here.now()) + timedelta(days=20)
    what = Asked(ApprovalKind.HOLD, "送检", hold_type_id=kind, until_on=until_on)
    granted(hall.here, number, what)
    page = f"/cases/{number}/holds"
    return hall.press("counter1", page, page)


def begin_a_leg(hall: Hall) -> TestResponse:
    page = f"/cases/{number_of(hall.case())}/relay"
    return hall.press("counter1", page, page, from_body="示例县局", to_body="本厅", days="5")


def hand_over_papers(hall: Hall) -> TestResponse:
    page = f"/cases/{number_of(hall.case(CARRIED))}/relay"
    shown = hall.browser("counter1").open(page).text
    receipt = re.findall(rf'action="({page}/[0-9]+)"', shown)[0]
    hands = {"gave": "示例职工甲", "took": "示例职工乙", "papers": "申请表"}
    return hall.press("counter1", page, receipt, **hands)


def ask_a_colleague(hall: Hall, page: str = "") -> TestResponse:
    page = page or f"/cases/{number_of(hall.case())}/transfer"
    with hall.here.reading() as session:
        other = str(clerk(session, "director").staff_id)
    return hall.press("counter1", page, page, to=other, reason="休假")


def take_from_a_colleague(hall: Hall) -> TestResponse:
    page = f"/cases/{number_of(hall.case())}/transfer"
    ask_a_colleague(hall, page)
    return hall.press("director", page, f"{page}/answer", decision="take")


def about_a_result(button: str, manner: str, **typed: object) -> Callable[[Hall], TestResponse]:
    """Close a case with a result to be delivered so, then press a button about it."""

    def press(hall: Hall) -> TestResponse:
        case = hall.case()
        hall.press("counter1", case, f"{case}/close", result="done", manner=manner)
        page = f"/cases/{number_of(case)}/delivery"
        return hall.press("counter1", page, f"{page}{button}", **typed)

    return press


def follow_up(hall: Hall) -> TestResponse:
    with hall.here.writing() as session:
        taken = intake(session, REFERRED, Answer.REFER)
        number = a_case(hall.here, session, hall.here.now(), taken).number
    page = f"/cases/{number}/follow-up"
    return hall.press("counter1", page, page, helped="yes")


def appoint_contact(hall: Hall, page: str = "") -> TestResponse:
    page = page or f"/cases/{number_of(hall.case())}/contact"
    named = {"contact_name": "示例女儿", "contact_relation": "child", "contact_phone": mobile(8)}
    return hall.press("counter1", page, page, **named, contact_consent="1")


def end_contact(hall: Hall) -> TestResponse:
    page = f"/cases/{number_of(hall.case())}/contact"
    appoint_contact(hall, page)
    return hall.press("counter1", page, f"{page}/end")


def note_call(hall: Hall) -> TestResponse:
    with hall.here.writing() as session:
        taken = intake(session, HERE, who=replace(person(), phone=""))
        number = a_case(hall.here, session, hall.here.now(), taken).number
    hall.clock.at += timedelta(minutes=1)
    case = f"/windows/general/cases/{number}"
    hall.press("counter1", case, f"{case}/close", result="done", manner="nothing")
    page = f"/cases/{number}/call"
    return hall.press("counter1", page, page, result="told")


def totp(hall: Hall) -> TestResponse:
    page = hall.browser("reviewer").open("/me/totp").text
    secret = next(str(fields["secret"]) for _, fields in Forms(page).found if "secret" in fields)
    code = pyotp.TOTP(secret).at(hall.clock.at)
    return hall.press("reviewer", "/me/totp", "/me/totp", secret=secret, code=code)


def password(hall: Hall) -> TestResponse:
    words = "九月的桂花落在旧船上"
    return hall.press("agent", "/me/password", "/me/password", password=words, again=words)


def enable(hall: Hall) -> TestResponse:
    hall.staff_button("disable", "cashier")
    return hall.staff_button("enable", "cashier")


def draft(hall: Hall, code: str = HERE, fee: str = "示例改动") -> TestResponse:
    page = f"/catalogue/items/{code}/edit"
    return hall.press("director", page, page, fee=fee)


def on_a_draft(button: str) -> Callable[[Hall], TestResponse]:
    def press(hall: Hall) -> TestResponse:
        draft(hall, CARRIED, f"示例改动{button}")
        page = f"/catalogue/items/{CARRIED}"
        return hall.press("director", page, f"{page}/{button}", is_confirmed="1")

    return press


def new_item(hall: Hall) -> TestResponse:
    return hall.press(
        "director", "/catalogue/new", "/catalogue/new", code="ZB-001", title="示例事项"
    )


def hang_a_form(hall: Hall) -> TestResponse:
    page = f"/catalogue/items/{HERE}"
    upload = Upload(PDF, "示例.pdf")
    return hall.press("director", page, f"{page}/forms", file=upload)


def remove_a_form(hall: Hall) -> TestResponse:
    hang_a_form(hall)
    page = f"/catalogue/items/{HERE}"
    return hall.press("director", page, f"{page}/forms/1/remove")


def catalogue_sheet(hall: Hall) -> TestResponse:
    sheet = hall.browser("director").client.get(
        "/catalogue/export.xlsx", base_url=BASE, buffered=True
    )
    upload = Upload(sheet.data, "目录.xlsx")
    return hall.press("director", "/catalogue/import", "/catalogue/import", file=upload)


def rehearsed_sheet(hall: Hall) -> TestResponse:
    work = catalogue_sheet(hall).headers["Location"].rpartition("/")[2]
    hall.work(work)
    return hall.press("director", "/catalogue/import", f"/catalogue/import/{work}")


def directory_sheet(hall: Hall) -> TestResponse:
    rows = "编号,分类,单位名称,电话\nU98,便民服务中心窗口,示例单位乙,0000-8000997\n"
    upload = Upload(rows.encode(), "电话簿.csv")
    return hall.press("director", "/directory/", "/directory/import", file=upload)


def retired_unit(hall: Hall) -> TestResponse:
    page = "/directory/U44/retire"
    return hall.press("director", page, page, is_confirmed="1")


def reopened_unit(hall: Hall) -> TestResponse:
    retired_unit(hall)
    return hall.press("director", "/directory/U44/retire", "/directory/U44/reopen")


def lost_card(hall: Hall) -> TestResponse:
    village, number = hall.household()
    page = f"/cards/households/{number}"
    return hall.press("counter1", page, f"/cards/villages/{village}/lost/{number}")


def corrected_household(hall: Hall) -> TestResponse:
    page = f"/cards/households/{hall.household()[1]}"
    return hall.press("counter1", page, page, head="示例新户主")


def household_gone(hall: Hall) -> TestResponse:
    page = f"/cards/households/{hall.household()[1]}"
    return hall.press("counter1", page, f"{page}/gone")


def handed_over(hall: Hall) -> TestResponse:
    village, number = hall.household()
    with hall.here.writing() as session:
        guide = next(one for one in guides(session, BASE) if one.place.code == village)
        home = session.get_one(Household, number)
        card = Printed(PrintKind.CARD, guide.content, 1, guide.village_id, [face_of(home)])
        remember(session, [card], HOUSE, hall.here.now())
    page = f"/cards/villages/{village}"
    return hall.press("counter1", page, f"{page}/hand-over", households=str(number))


def not_handed_after_all(hall: Hall) -> TestResponse:
    handed_over(hall)
    page = f"/cards/households/{hall.household()[1]}"
    return hall.press("counter1", page, f"{page}/not-handed")


def remove_word(hall: Hall) -> TestResponse:
    hall.press("director", WORDS, WORDS, word="示例话", meanings="户口")
    return hall.press("director", f"{WORDS}?q=示例话", f"{WORDS}/remove", word="示例话")


def board(hall: Hall) -> TestResponse:
    return hall.press("counter1", "/cards/", "/cards/boards", place="村口", village="1")


def checked_board(hall: Hall) -> TestResponse:
    board(hall)
    return hall.press("counter1", "/cards/", "/cards/boards/1", condition="完好")


def households_sheet(hall: Hall) -> TestResponse:
    upload = Upload("村,户主\n示例村,示例户主乙\n".encode(), "户.csv")
    return hall.press("counter1", "/cards/", "/cards/import", file=upload)


def cancel_work(hall: Hall) -> TestResponse:
    page = f"/long-work/{hall.known['work']}"
    return hall.press("counter1", page, f"{page}/cancel")


def answer_held(button: str) -> Callable[[Hall], TestResponse]:
    """Return what keeps a clerk's sheet of many persons back, and the director's word on it."""

    def press(hall: Hall) -> TestResponse:
        with hall.here.writing() as session:
            asked = (clerk(session), hall.here.now())
            uuid = hold(session, "cases.export", "示例名册", "none.xlsx", asked).uuid
        return hall.press("director", "/long-work/", f"/long-work/{uuid}/{button}")

    return press


def red_of(hall: Hall) -> str:
    """Let a case run late and be noted; return the address of its red."""
    hall.case()
    with hall.here.writing() as session:
        one = session.scalars(sa.select(Countdown).order_by(Countdown.id.desc())).first()
        assert one is not None
        one.red_at = hall.here.now()
        return f"/board/reds/{one.id}"


def annul(hall: Hall) -> TestResponse:
    page = red_of(hall)
    hall.browsers.pop("supervisor", None)  # another button has ended the session
    return hall.press("supervisor", page, page, reason="当天停电，其实已办好")


def forget_light(hall: Hall) -> TestResponse:
    hall.press("director", "/board/lights", "/board/lights", code=HERE, share="10", days="2")
    with hall.here.reading() as session:
        item = session.scalar(sa.select(ServiceItem.id).where(ServiceItem.code == HERE))
    return hall.press("director", "/board/lights", f"/board/lights/{item}/forget")


#: how each unsafe address is used with success
HAPPY: dict[str, Callable[[Hall], TestResponse]] = {
    **BOOKS,
    **ENTERPRISE,
    **OBSTACLES,
    **JOINT,
    **OWN_PAGE,
    **MONEY,
    **BUNDLES,
    **OPEN_BOOKS,
    **REGISTERS,
    **ROTA,
    "office.enter": login,
    "office.leave": leave,
    "own_account.end_everywhere": lambda hall: hall.press("supervisor", "/me/", "/me/sessions/end"),
    "own_account.set_up_totp": totp,
    "own_account.choose_password": password,
    "office_staff.add": lambda hall: hall.press(
        "admin", "/staff/", "/staff/", username="novice", name="示例新手", roles="counter"
    ),
    "office_staff.issue_code": lambda hall: hall.staff_button("code", "bookkeeper"),
    "office_staff.disable": lambda hall: hall.staff_button("disable", "leader5"),
    "office_staff.enable": enable,
    "office_staff.set_mobile": lambda hall: hall.staff_button(
        "mobile", "leader3", mobile=mobile(9)
    ),
    "office_staff.set_roles": lambda hall: hall.staff_button("roles", "leader4", roles="adviser"),
    "office_calendar.set_notice_number": lambda hall: hall.press(
        "director", "/calendar/", "/calendar/2026", notice_number="国办发明电〔2025〕7号"
    ),
    **DUTY,
    **MESSAGES,
    **AMENDS,
    **CALENDAR,
    "board.export": lambda hall: hall.press("director", "/board/cases", "/board/cases/export.xlsx"),
    "board.set_columns": lambda hall: hall.press("director", "/board/columns", "/board/columns"),
    "board.set_lights": lambda hall: hall.press(
        "director", "/board/lights", "/board/lights", share="30", days="2"
    ),
    "board.forget_light": forget_light,
    "board.annul": annul,
    "general_window.take_in": take_in_case,
    "general_window.accept": on_a_case("accept", CARRIED),
    "general_window.note": on_a_case("note", text="已电话联系"),
    "general_window.withdraw": on_a_case("withdraw", reason="本人要求"),
    "general_window.close": on_a_case("close", result="done"),
    "general_window.reveal": on_a_case("reveal", purpose="核对身份"),
    "general_window.correct": correct,
    "cases.answer_papers": check_in,
    "cases.add_papers": before_acceptance("papers", Answer.NOTICE, "examine", brought=["0"]),
    "cases.turn_down": before_acceptance(
        "decline", ground="not_ours", right_body="示例县自然资源局", decline_reason="不归本机关管"
    ),
    "cases.send_back": before_acceptance("give-back", reason="申请人多次联系不上"),
    "cases.sign_pledge": before_acceptance("pledge/signed", Answer.ACCEPT_OWING, "pledge"),
    "cases.take_owed": before_acceptance(
        "pledge/papers", Answer.ACCEPT_OWING, "pledge", owed=["0"]
    ),
    "cases.let_go": let_go,
    "cases.send_request": ask_a_leader,
    "cases.answer": answer_a_request,
    "cases.end_hold": end_a_hold,
    "cases.begin_leg": begin_a_leg,
    "cases.hand_over": hand_over_papers,
    "cases.ask_colleague": ask_a_colleague,
    "cases.answer_transfer": take_from_a_colleague,
    "cases.result_ready": about_a_result("/ready", "making"),
    "cases.result_posted": about_a_result("/posted", "post", tracking="示例0001"),
    "cases.deliver": about_a_result("", "pick_up"),
    "cases.follow_up": follow_up,
    "cases.appoint_contact": appoint_contact,
    "cases.end_contact": end_contact,
    "cases.note_call": note_call,
    "cases.reprint": reprint,
    "cases.keep_settings": lambda hall: hall.press(
        "head", "/cases/settings", "/cases/settings", leg_days="4"
    ),
    "cases.add_hold_type": lambda hall: hall.press(
        "head",
        "/cases/settings",
        "/cases/hold-types",
        name="示例公告",
        source="示例文件1号",
        cap_days="15",
    ),
    "cases.change_hold_type": lambda hall: hall.press(
        "admin", "/cases/settings", "/cases/hold-types/1", cap="30"
    ),
    "adviser.take_in": brought_by_an_adviser,
    "adviser.ask": ask_the_hall,
    "advisers.answer": answer_an_adviser,
    "advisers.keep": lambda hall: hall.press(
        "director", "/advisers/1", "/advisers/1", education="大专"
    ),
    "advisers.train": lambda hall: hall.press(
        "director", "/advisers/1", "/advisers/1/training", subject="政策", result="合格"
    ),
    "catalogue.add": new_item,
    "catalogue.save": draft,
    "catalogue.publish": on_a_draft("publish"),
    "catalogue.discard": on_a_draft("discard"),
    "catalogue.take_down": lambda hall: hall.press(
        "director", f"/catalogue/items/{CARRIED}", f"/catalogue/items/{CARRIED}/take-down"
    ),
    "catalogue.hang": hang_a_form,
    "catalogue.remove_form": remove_a_form,
    "catalogue.bring_in": catalogue_sheet,
    "catalogue.bring_in_rehearsed": rehearsed_sheet,
    "words.save_word": lambda hall: hall.press(
        "director", WORDS, WORDS, word="示例说法", meanings="户口"
    ),
    "words.remove_word": remove_word,
    "words.name_missed": lambda hall: hall.about_missed("name", code=HERE),
    "words.explain_missed": lambda hall: hall.about_missed("explain", meanings="户口"),
    "words.ignore_missed": lambda hall: hall.about_missed("ignore"),
    "office_directory.add": lambda hall: hall.press(
        "director",
        "/directory/new",
        "/directory/new",
        code="U99",
        name="示例单位",
        phone="0000-8000999",
    ),
    "office_directory.change": lambda hall: hall.press(
        "director", "/directory/U01/edit", "/directory/U01/edit", phone="0000-8000998"
    ),
    "office_directory.check": lambda hall: hall.press(
        "director", "/directory/", "/directory/U01/check", result="right"
    ),
    "office_directory.bring_in": directory_sheet,
    "units.retire": retired_unit,
    "units.reopen": reopened_unit,
    "cards.import_register": households_sheet,
    "cards.hand_over": handed_over,
    "cards.lost": lost_card,
    "households.not_handed": not_handed_after_all,
    "households.correct": corrected_household,
    "households.take_off": household_gone,
    "cards.hang": board,
    "cards.check": checked_board,
    "printing.order": lambda hall: hall.press("director", "/prints/", "/prints/", kind="handbook"),
    "work.cancel": cancel_work,
    "work.agree": answer_held("agree"),
    "work.decline": answer_held("decline"),
}
