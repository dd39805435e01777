"""清单导入: a sheet is taken in whole, row by row, and every row that is not says why."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import Workbook

from kernel.audit import queries as audit
from kernel.tables import OldWorkbook, UnreadableFile, read_table
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.commands import BATCH, group
from services_catalog.rules.items import (
    Window,
)
from services_catalog.rules.reports import Tally, summary
from services_catalog.rules.search.index import build
from tests.actions.a_catalogue import NOW, catalogue_edition, everything, open_house

REAL = Path(__file__).parents[3] / "shared" / "data"
GUANGDONG = REAL / "items-guangdong-2262.xlsx"
GUANGAN = REAL / "items-guangan-1135.xlsx"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.database.engine.dispose()


@pytest.fixture
def shell(here: House) -> Flask:
    app = Flask("catalogue")
    app.extensions["house"] = here
    app.cli.add_command(group)
    return app


def run(shell: Flask, *arguments: str) -> Result:
    return shell.test_cli_runner().invoke(args=["catalogue", "import", *arguments])


def csv_file(folder: Path, rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = folder / "items.csv"
    file.write_bytes(text.getvalue().encode("gb18030"))
    return str(file)


def test_the_starter_items_are_taken_in_once(here: House) -> None:
    with here.writing() as session:
        calendar = here.calendar(session)
        assert actions.load_starter(session, NOW, calendar) == Tally(added=60)
        assert actions.load_starter(session, NOW, calendar) == Tally(unchanged=60)
    with here.reading() as session:
        assert len(audit.about(session, "sheet:starter")) == 1
        assert queries.published(session, "BM-059").item.window is Window.VILLAGE_ACCOUNTS
        assert queries.published(session, "BM-060").item.window is Window.ENTERPRISE


def test_an_import_tells_what_became_of_every_row(
    shell: Flask, here: House, tmp_path: Path
) -> None:
    row = [
        "甲事项",
        "A-1",
        "公共服务",
        "示例局",
        "自然人",
        "无",
        "5工作日",
        "无",
        "无",
        "无",
        "1",
        "2",
    ]
    header = ["名称", "编码", "事项类型", "部门", "服务对象", "法定时限", "承诺时限"]
    header += ["受理条件", "材料", "办理地点", "咨询电话", "投诉电话", "颜色"]
    late = [*row[:1], "A-2", *row[2:5], "3工作日", *row[6:]]
    draft = [*row[:1], "A-3", *row[2:10], "", "2"]
    wrong = [*row[:1], "A-4", *row[2:6], "三个月"]
    file = csv_file(tmp_path, [header, row, late, draft, wrong])

    rehearsal = run(shell, file, "--dry-run")
    assert "试运行" in rehearsal.output
    before = everything(here)
    told = run(shell, file)
    assert told.exit_code == 0
    assert everything(here) != before
    for output in (rehearsal.output, told.output):
        assert summary(Tally(added=1, drafts=1, refused=2)) in output
        assert "“颜色”" in output
        assert "第3行：承诺时限（5个工作日）" in output
        assert "第5行：时限“三个月”" in output


def test_a_rehearsal_writes_nothing(shell: Flask, here: House) -> None:
    before = everything(here)
    assert summary(Tally(added=60)) in run(shell, str(actions.STARTER), "--dry-run").output
    assert everything(here) == before


def test_an_import_is_one_audit_record_and_the_second_changes_nothing(
    shell: Flask, here: House
) -> None:
    with here.reading() as session:
        records = audit.count(session)
    edition = catalogue_edition(here)
    assert summary(Tally(added=60)) in run(shell, str(actions.STARTER)).output
    with here.reading() as session:
        assert audit.count(session) == records + 1
    assert catalogue_edition(here) == edition + 1
    before = everything(here)
    assert summary(Tally(unchanged=60)) in run(shell, str(actions.STARTER)).output
    assert everything(here) == before


def test_a_broken_off_import_is_on_record_and_can_be_run_again(
    shell: Flask, here: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [[f"事项{number}", f"A-{number}"] for number in range(BATCH * 2)]
    file = csv_file(tmp_path, [["名称", "编码"], *rows])
    whole, batches = actions.take_in_all, iter(range(9))

    def pull_the_plug(*arguments: object) -> object:
        if next(batches) == 1:
            raise KeyboardInterrupt
        return whole(*arguments)  # type: ignore[arg-type]

    edition = catalogue_edition(here)
    monkeypatch.setattr(actions, "take_in_all", pull_the_plug)
    assert "再运行一次" in run(shell, file).output
    assert catalogue_edition(here) == edition + 1
    with here.reading() as session:
        assert len(queries.drafts(session)) == BATCH
    assert summary(Tally(drafts=BATCH, unchanged=BATCH)) in run(shell, file).output


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("a.xlsx", b"PK\x03\x04broken", "a.xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0old", ".xls"),
        ("a.csv", b"\xff\xff", "a.csv"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "表头"),
        ("a.csv", b"", "表头"),
    ],
)
def test_an_unreadable_file_ends_with_a_sentence(
    shell: Flask, tmp_path: Path, name: str, raw: bytes, sentence: str
) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    told = run(shell, str(file))
    assert told.exit_code == 2
    assert sentence in told.output


def test_a_missing_file_ends_with_a_sentence(shell: Flask, tmp_path: Path) -> None:
    told = run(shell, str(tmp_path / "nothing.csv"))
    assert (told.exit_code, "找不到文件" in told.output) == (2, True)


def test_workbooks_are_read_as_they_look(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["事项名称", "到办事现场次数", None])
    sheet.append(["甲\n乙", 2, None])
    raw = io.BytesIO()
    book.save(raw)
    assert read_table("a.xlsx", raw.getvalue())[1][:2] == ["甲\n乙", "2"]
    for name, broken, why in (
        ("a.xlsx", raw.getvalue()[:-200], UnreadableFile),
        ("a.xls", b"\xd0\xcf\x11\xe0", OldWorkbook),
    ):
        with pytest.raises(why):
            read_table(name, broken)


@pytest.mark.skipif(
    not GUANGDONG.exists(), reason="../shared/data is absent: no real sheet to read"
)
def test_a_provinces_sheet_is_taken_in_whole(shell: Flask, here: House) -> None:
    assert summary(Tally(added=2255, drafts=7)) in run(shell, str(GUANGDONG)).output
    before = everything(here)
    assert summary(Tally(unchanged=2262)) in run(shell, str(GUANGDONG)).output
    assert everything(here) == before
    with here.reading() as session:
        assert {draft.draft_reason for draft in queries.drafts(session)} == {"还缺：申请材料。"}
        entries = queries.search_entries(session)
        assert audit.first_broken_record(session) is None
    index = build(entries)
    assert index.find("机动车注册登记", 1)[0].code in {entry.code for entry in entries}


@pytest.mark.skipif(not GUANGAN.exists(), reason="../shared/data is absent: no real sheet to read")
def test_a_districts_list_of_names_becomes_drafts(shell: Flask) -> None:
    told = run(shell, str(GUANGAN)).output
    assert summary(Tally(drafts=1133, refused=2)) in told
    assert "“主项”" in told
    assert "与第492行重复" in told
