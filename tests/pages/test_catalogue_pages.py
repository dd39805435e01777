"""目录维护的页面: staff keep the catalogue by its pages, and nothing they typed is lost."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kernel.audit import queries as audit
from kernel.clock import FixedClock
from kernel.editions import Edition, editions
from kernel.tables import read_table, workbook
from kernel.web.house import House
from kernel.work.actions import FOLDER, take_up
from services_catalog import actions, queries
from services_catalog.queries import keeping as kept
from services_catalog.rules.columns import COLUMNS
from services_catalog.rules.export import HEADER, cells_of
from services_catalog.rules.items import Entry, VersionState
from services_catalog.rules.limits import parse_limit
from services_catalog.rules.reports import DRY_RUN
from services_catalog.rules.sheets import read_sheet
from tests.builders import BASE, Visitor, starter_items
from tests.pages.conftest import both_databases

Visit = Callable[[str], Visitor]
CODE = "BM-005"
ITEM = f"/catalogue/items/{CODE}"


def form(here: House, code: str = CODE, **changed: str) -> dict[str, str]:
    """Return what the form of an item holds, with some fields typed anew."""
    with here.reading() as session:
        version = kept.newest(session, code)
        names = tuple(queries.everyday_names(session, version.item_id))
        entry = Entry(code, queries.facts_of(session, version), names, version.item.window)
        keeping = kept.keeping(session, version.item)
        window, handling = version.item.window.value, version.handling.value
    typed = cells_of(entry) | {"window": window, "handling": handling, "owner": keeping.owner}
    typed["events"] = "、".join(keeping.events)
    return {**{name: typed[name] for name in typed if name != "code"}, **changed}


def states(here: House, code: str = CODE) -> list[VersionState]:
    with here.reading() as session:
        return [version.state for version in queries.history(session, code)]


@both_databases
def test_a_draft_is_saved_published_and_the_old_version_stays_to_be_read(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    typed = form(here, fee="工本费5元", owner="民政窗口负责人", review_on="2027-03-01")
    saved = director.press(f"{ITEM}/edit", **typed, then="save")
    assert saved.headers["Location"] == ITEM
    assert states(here) == [VersionState.DRAFT, VersionState.PUBLISHED]
    page = director.open(ITEM)
    assert "这是草稿" in page.text
    assert "内容已齐，等待发布" in page.text
    assert "民政窗口负责人" in page.text
    assert "工本费5元" not in visit("").open(f"/items/{CODE}").text

    clock.at += timedelta(days=1)
    director = visit("director")
    director.open(ITEM)
    director.press(f"{ITEM}/publish")
    assert states(here) == [VersionState.PUBLISHED, VersionState.SUPERSEDED]
    assert "工本费5元" in visit("").open(f"/items/{CODE}").text
    compared = director.open(f"{ITEM}/compare")
    assert "有1处不同" in compared.text
    assert "〔增〕" in compared.text
    with here.reading() as session:
        assert [line.verb for line in audit.about(session, f"item:{CODE}")][-2:] == [
            "catalogue.saved",
            "catalogue.published",
        ]


def test_publishing_says_what_is_missing_and_keeps_what_was_typed(
    visit: Visit, here: House
) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    typed = form(here, place="", fee="只此一处打的字")
    answer = director.press(f"{ITEM}/edit", **typed, then="publish")
    assert answer.status_code == 422
    assert "还缺：办理地点" in answer.text
    assert "只此一处打的字" in answer.text
    assert states(here) == [VersionState.PUBLISHED]
    director.press(f"{ITEM}/edit", **typed, then="save")
    assert "还缺：办理地点" in director.open(ITEM).text


def test_a_promise_longer_than_the_law_is_a_draft_and_never_published(
    visit: Visit, here: House
) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    typed = form(here, statutory="10工作日", promised="20工作日")
    refused = director.press(f"{ITEM}/edit", **typed, then="publish")
    assert refused.status_code == 422
    assert "还长，不能发布" in refused.text
    director.press(f"{ITEM}/edit", **typed, then="save")
    director.open(ITEM)
    assert director.press(f"{ITEM}/publish", is_confirmed="1").status_code == 422
    assert states(here) == [VersionState.DRAFT, VersionState.PUBLISHED]


def test_a_promise_sometimes_later_than_the_law_asks_for_a_tick(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    typed = form(here, statutory="30自然日", promised="20工作日")
    asked = director.press(f"{ITEM}/edit", **typed, then="publish")
    assert asked.status_code == 422
    assert "打勾后再按一次" in asked.text
    assert 'name="is_confirmed"' in asked.text
    director.press(f"{ITEM}/edit", **typed, then="publish", is_confirmed="1")
    assert states(here) == [VersionState.PUBLISHED, VersionState.SUPERSEDED]


@both_databases
def test_who_changed_it_meanwhile_is_not_written_over(visit: Visit, here: House) -> None:
    first, second = visit("director"), visit("admin")
    first.open(f"{ITEM}/edit")
    second.open(f"{ITEM}/edit")
    typed = form(here)
    first.press(f"{ITEM}/edit", **(typed | {"fee": "甲的字"}), then="save")
    answer = second.press(f"{ITEM}/edit", **(typed | {"fee": "乙的字"}), then="save")
    assert answer.status_code == 409
    assert "刚刚被他人改动" in answer.text
    assert "乙的字" in answer.text
    again = second.press(f"{ITEM}/edit", **(typed | {"fee": "乙的字"}), then="save")
    assert again.status_code == 303
    with here.reading() as session:
        assert queries.draft(session, CODE).fee == "乙的字"


def test_every_wrong_field_has_its_sentence(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    typed = form(here, title="", statutory="三个月", review_on="明年", window="云窗口")
    answer = director.press(f"{ITEM}/edit", **typed, then="save")
    assert "有4处需要改正" in answer.text
    for sentence in ("请填写事项名称", "三个月", "日期请写成", "云窗口"):
        assert sentence in answer.text
    assert states(here) == [VersionState.PUBLISHED]


def test_an_item_is_added_discarded_and_taken_down(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open("/catalogue/new")
    typed = form(here, title="示例新事项")
    assert "字母、数字" in director.press("/catalogue/new", **typed, code="", then="save").text
    taken = director.press("/catalogue/new", **typed, code=CODE, then="save")
    assert "已经是" in taken.text
    director.press("/catalogue/new", **typed, code="ZB-900", then="publish")
    assert states(here, "ZB-900") == [VersionState.PUBLISHED]
    director.open("/catalogue/items/ZB-900/edit")
    director.press("/catalogue/items/ZB-900/edit", **(typed | {"fee": "1"}), then="save")
    director.open("/catalogue/items/ZB-900")
    director.press("/catalogue/items/ZB-900/discard")
    assert states(here, "ZB-900") == [VersionState.SUPERSEDED, VersionState.PUBLISHED]
    director.open("/catalogue/items/ZB-900")
    director.press("/catalogue/items/ZB-900/take-down")
    assert set(states(here, "ZB-900")) == {VersionState.SUPERSEDED}
    assert visit("").open("/items/ZB-900").status_code == 404
    assert "已撤下" in director.open("/catalogue/?state=superseded").text
    # the form of an item taken down publishes it again
    director.open("/catalogue/items/ZB-900/edit")
    director.press("/catalogue/items/ZB-900/edit", **typed, then="publish")
    assert states(here, "ZB-900")[0] is VersionState.PUBLISHED


def test_saving_without_a_change_makes_no_version(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    director.press(f"{ITEM}/edit", **form(here, owner="某岗位"), then="publish")
    assert states(here) == [VersionState.PUBLISHED]
    with here.reading() as session:
        assert kept.item(session, CODE).owner == "某岗位"


@both_databases
def test_the_list_finds_by_words_state_owner_and_review_day(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open(f"{ITEM}/edit")
    owner = form(here, owner="民政窗口负责人", review_on="2026-01-31")
    director.press(f"{ITEM}/edit", **owner, then="save")
    for query in (
        f"q={CODE}",
        "q=高龄",
        "owner=民政窗口负责人",
        "due=1",
        "section=民政&state=published",
    ):
        page = director.open(f"/catalogue/?{query}").text
        assert ITEM in page, query
    assert "该复核了" in director.open("/catalogue/?due=1").text
    assert "没有这样的事项" in director.open("/catalogue/?state=draft").text
    everything = re.search("共[0-9]+项", director.open("/catalogue/").text)
    assert everything is not None
    assert everything[0] in director.open("/catalogue/?state=nonsense&page=x").text


def test_the_counter_reads_and_has_no_buttons(visit: Visit) -> None:
    clerk = visit("counter1")
    assert "新增事项" not in clerk.open("/catalogue/").text
    assert "/edit" not in clerk.open(ITEM).text
    assert clerk.open(f"{ITEM}/edit").status_code == 403


def _sheet(*rows: dict[str, str]) -> bytes:
    return workbook("清单", [HEADER, *([row.get(field, "") for field in COLUMNS] for row in rows)])


def upload(visitor: Visitor, path: str, name: str, raw: bytes, **typed: str) -> TestResponse:
    file = (io.BytesIO(raw), name)
    return visitor.client.post(path, base_url=BASE, data={**visitor.hidden, **typed, "file": file})


@both_databases
def test_a_sheet_is_rehearsed_then_imported_as_long_work(
    visit: Visit, here: House, app: Flask
) -> None:
    director = visit("director")
    director.open("/catalogue/import")
    row = form(here, title="导入来的事项") | {"code": "IN-1", "window": "综合窗口"}
    raw = _sheet(row, row | {"code": "IN-2", "promised": "三个月"})
    asked = upload(director, "/catalogue/import", "清单.xlsx", raw, then="look")
    work = asked.headers["Location"]
    _do(app, work)
    told = director.open(work).text
    assert DRY_RUN in told
    assert "第3行" in told
    assert states(here, "IN-1") == []
    assert "正式导入" in director.open("/catalogue/import").text
    imported = director.press(f"/catalogue/import/{work.rpartition('/')[2]}")
    _do(app, imported.headers["Location"])
    assert "新增发布1项" in director.open(imported.headers["Location"]).text
    assert states(here, "IN-1") == [VersionState.PUBLISHED]
    assert list((here.settings.var / FOLDER).iterdir()) == []
    gone = director.press(f"/catalogue/import/{work.rpartition('/')[2]}")
    assert gone.status_code in {303, 410}


def _do(app: Flask, work: str) -> None:
    """Do a piece of long work, as the scheduler's process would."""
    with app.extensions["house"].writing() as session:
        uuid = take_up(session, app.extensions["house"].now())
    assert uuid == work.rpartition("/")[2]
    assert app.test_cli_runner().invoke(args=["work", uuid]).exit_code == 0


def test_an_unreadable_file_is_told_by_the_work(visit: Visit, app: Flask) -> None:
    director = visit("director")
    director.open("/catalogue/import")
    assert "请先选择文件" in director.press("/catalogue/import", then="look").text
    asked = upload(director, "/catalogue/import", "a.xlsx", b"PK\x03\x04broken", then="import")
    _do(app, asked.headers["Location"])
    assert "打不开" in director.open(asked.headers["Location"]).text


def test_the_export_is_the_importers_sheet(visit: Visit) -> None:
    answer = visit("counter1").open("/catalogue/export.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(read_sheet(read_table("a.xlsx", answer.data)).rows) == starter_items()


def test_a_page_that_shows_an_item_raises_the_edition(visit: Visit, here: House) -> None:
    with here.reading() as session:
        before = editions(session)[Edition.CATALOGUE]
    director = visit("director")
    director.open(f"{ITEM}/edit")
    director.press(f"{ITEM}/edit", **form(here, fee="不收费了"), then="publish")
    with here.reading() as session:
        assert editions(session)[Edition.CATALOGUE] > before


@pytest.mark.parametrize("number", ["", "1", "99", "x"])
def test_a_comparison_of_versions_that_are_not_there_shows_something(
    visit: Visit, number: str
) -> None:
    page = visit("director").open(f"{ITEM}/compare?old={number}&new={number}&whole=1")
    assert page.status_code == 200
    assert "同一版" in page.text
    assert visit("director").open("/catalogue/items/NO-1/compare").status_code == 404


def test_an_import_leaves_a_draft_to_be_published_after_a_look(visit: Visit, here: House) -> None:
    with here.writing() as session:
        facts = queries.facts_of(session, queries.published(session, CODE))
        late = replace(facts, statutory=parse_limit("30自然日"), promised=parse_limit("20工作日"))
        actions.take_in(session, Entry(CODE, late), here.now(), here.calendar(session))
    director = visit("director")
    assert "有时会晚于" in director.open(ITEM).text
    assert director.press(f"{ITEM}/publish").status_code == 422
    director.open(ITEM)
    assert director.press(f"{ITEM}/publish", is_confirmed="1").status_code == 303
    assert states(here)[0] is VersionState.PUBLISHED
