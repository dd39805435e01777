"""信访窗口的页面: a visit in a minute; what is reported to 纪检 is seen by nobody else."""

import re
from collections.abc import Callable

import pytest

from tests.builders import Visitor

Visit = Callable[[str], Visitor]
MATTER = "灰尘太大晒不了谷子"
SECRET = "举报示例某干部收了红包"


def registered(visit: Visit, **typed: str) -> Visitor:
    """Return the duty leader's browser on the slip of a visit."""
    leader = visit("leader1")
    leader.open("/windows/petitions/new")
    what = {"matter": "appeal", "applicant_name": "示例来访甲", "gist": MATTER, **typed}
    answer = leader.press("/windows/petitions/new", **what)
    assert answer.status_code == 303, answer.text
    leader.follow(answer)
    return leader


def case_page(visitor: Visitor) -> str:
    """Return the address of the petition whose slip is on screen."""
    found = re.search(r"/windows/petitions/cases/X26-\d{5}-\d", visitor.text)
    assert found is not None
    return found[0]


def on_its_page(visit: Visit, **typed: str) -> tuple[Visitor, str]:
    """Register a visit and open its page."""
    leader = registered(visit, **typed)
    page = case_page(leader)
    leader.open(page)
    return leader, page


def test_a_visit_is_registered_accepted_and_answered(visit: Visit) -> None:
    leader, page = on_its_page(visit, topic="environment", asked="请洒水")
    leader.follow(leader.press(f"{page}/accept"))
    assert "信访事项受理告知书" in leader.text
    assert "5月6日" in leader.text, "sixty days end in Labour Day and wait for Wednesday"
    leader.open(page)
    leader.follow(leader.press(f"{page}/answer", outcome="supported", opinion="已要求施工方洒水"))
    assert "收到本意见书之日起30日内" in leader.text
    assert leader.open(f"{page}/paper.pdf").data.startswith(b"%PDF")
    leader.open(page)
    leader.follow(leader.press(f"{page}/deliver", on="2026-03-02"))
    assert "4月1日" in leader.text
    leader.follow(leader.press(f"{page}/rate", satisfaction="satisfied"))
    leader.follow(leader.press(f"{page}/remedies", remedy="review", on="2026-03-02", body="示例县"))
    leader.follow(leader.press(f"{page}/remedies/1", result="维持"))
    assert "复查结果：维持" in leader.text


@pytest.mark.parametrize(
    ("ground", "sentence"),
    [
        ("court", "向人民法院起诉"),
        ("arbitration", "先申请仲裁"),
        ("reconsideration", "申请行政复议"),
    ],
)
def test_what_belongs_to_the_courts_is_guided_there(
    visit: Visit, ground: str, sentence: str
) -> None:
    leader, page = on_its_page(visit)
    leader.follow(leader.press(f"{page}/decline", ground=ground, body="", reason=""))
    assert "不予受理告知书" in leader.text
    assert sentence in leader.text


def test_nobody_is_sent_away_without_being_told_where_to(visit: Visit) -> None:
    leader, page = on_its_page(visit)
    refused = leader.press(f"{page}/decline", ground="not_ours", body="", reason="不归我们")
    assert refused.status_code == 422
    assert "不归我们" in refused.text


def test_the_head_alone_gives_thirty_more_days(visit: Visit) -> None:
    leader, page = on_its_page(visit)
    leader.follow(leader.press(f"{page}/accept"))
    number = page.rpartition("/")[2]
    ask = f"/cases/{number}/ask"
    leader.open(f"{ask}?kind=extension")
    refused = leader.press(ask, kind="extension", days="31", reason="要实地测量")
    assert "1到30" in refused.text
    assert leader.press(ask, kind="extension", days="30", reason="要实地测量").status_code == 303
    assert leader.open("/cases/approvals").status_code == 403
    head = visit("head")
    head.open("/cases/approvals")
    assert head.press("/cases/approvals/1", decision="grant", answer="").status_code == 303
    leader.open(f"{page}/paper")
    assert "延期告知书" in leader.text
    assert "要实地测量" in leader.text


def test_five_people_are_a_group_and_told_upward(visit: Visit) -> None:
    leader, _ = on_its_page(visit, people="6", village="1")
    assert "集体 6 人" in leader.text
    leader.open("/log/")
    assert "集体来访：示例上溪村群众6人" in leader.text
    four = registered(visit, people="4", gist="四个人的事")
    four.open("/log/")
    assert "群众4人" not in four.text


def test_at_most_five_representatives_are_named(visit: Visit) -> None:
    leader = visit("leader1")
    leader.open("/windows/petitions/new")
    five_more = "示例乙、示例丙、示例丁、示例戊、示例己"
    refused = leader.press(
        "/windows/petitions/new",
        matter="appeal",
        applicant_name="示例甲",
        gist=MATTER,
        people="9",
        representatives=five_more,
    )
    assert refused.status_code == 422
    assert "最多5名" in refused.text
    assert five_more in refused.text


def test_an_order_of_the_hotline_has_its_own_number_and_limits(visit: Visit) -> None:
    leader, page = on_its_page(visit, channel="hotline", order_number="RX20260302001")
    assert "RX20260302001" in leader.text
    leader.follow(leader.press(f"{page}/accept"))
    assert "3月9日" in leader.text, "five working days"


def test_a_suggestion_has_no_sixty_days(visit: Visit) -> None:
    leader, page = on_its_page(visit, matter="suggestion")
    leader.follow(leader.press(f"{page}/accept"))
    assert "最迟" not in leader.text


def every_page_of(visitor: Visitor) -> str:
    """Return everything that somebody sees of the hall, one-time keys left out."""
    answers = [visitor.open(address) for address in LOOKED_AT]
    assert {one.status_code for one in answers} <= {200, 403}
    shown = "\n".join(one.text for one in answers)
    return re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", shown)


LOOKED_AT = (
    "/windows/petitions/",
    "/windows/petitions/find?q=示例知情人",
    "/windows/petitions/find?q=红包",
    "/windows/general/",
    "/windows/general/find?q=示例知情人",
    "/board/",
    "/board/cases",
    "/log/",
    "/log/search?q=红包",
    "/cases/approvals",
)


def test_a_denunciation_is_seen_by_nobody_but_those_it_is_for(visit: Visit) -> None:
    before = {who: every_page_of(visit(who)) for who in ("leader1", "head", "director")}
    leader = registered(
        visit, matter="denunciation", applicant_name="示例知情人", gist=SECRET, village="2"
    )
    slip = leader.text
    assert SECRET not in slip
    assert "检举" not in slip
    assert "X26-" not in slip
    code = re.search(r"/slips/([0-9A-Z]{8})", leader.page.request.path if leader.page else "")
    assert code is not None
    for who, seen in before.items():
        assert every_page_of(visit(who)) == seen
        assert "没有找到" in visit(who).open(f"/windows/petitions/find?q={code[1]}").text
    for who in ("leader1", "head", "director", "supervisor", "admin", "adviser", "counter1"):
        assert visit(who).open("/windows/petitions/discipline/").status_code == 403
        assert visit(who).open(f"/windows/petitions/discipline/{code[1]}").status_code == 403
    reader = visit("discipline")
    assert code[1][:4] in reader.open("/windows/petitions/discipline/").text
    assert SECRET in reader.open(f"/windows/petitions/discipline/{code[1]}").text
    page = f"/windows/petitions/discipline/{code[1]}"
    reader.follow(reader.press(page, outcome="已移送县纪委"))
    assert "已移送县纪委" in reader.text


def test_the_control_an_appeal_is_seen_on_those_pages(visit: Visit) -> None:
    before = every_page_of(visit("leader1"))
    registered(visit, applicant_name="示例知情人")
    assert every_page_of(visit("leader1")) != before


def test_the_slips_of_all_matters_look_the_same(visit: Visit) -> None:
    def slip(matter: str) -> str:
        shown = registered(visit, matter=matter).text
        found = re.search(r"<article class=\"slip\">.*?</article>", shown, re.DOTALL)
        assert found is not None
        return re.sub(r"[0-9A-Z]{4} [0-9A-Z]{4}", "", found[0])

    assert slip("denunciation") == slip("appeal") == slip("suggestion")
