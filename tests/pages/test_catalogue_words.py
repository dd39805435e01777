"""词语与表格的页面: what nobody found becomes a name with one click; forms hang beside papers."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from kernel.audit import queries as audit
from kernel.clock import FixedClock
from kernel.tables import read_csv
from kernel.web.house import House
from services_catalog import actions, queries
from services_catalog.actions import words as keeping
from services_catalog.actions.words import STARTER_WORDS
from services_catalog.queries import words as known
from services_catalog.records.items import MaterialForm
from services_catalog.records.words import Synonym
from services_catalog.rules.search.synonyms import synonyms
from services_catalog.rules.wordlist import stored_words, table_rows
from tests.builders import BASE, Visitor
from tests.pages.conftest import both_databases
from tests.rules.test_catalogue_uploads import A_PDF, png

Visit = Callable[[str], Visitor]
CODE = "BM-005"
ITEM = f"/catalogue/items/{CODE}"
NONSENSE = "量子纠缠"


def missed(here: House) -> dict[str, int]:
    with here.reading() as session:
        return {row.words: row.times for row in known.missed(session, 99)}


@both_databases
def test_what_nobody_found_is_counted_and_becomes_a_name(
    visit: Visit, here: House, clock: FixedClock
) -> None:
    villager, director = visit(""), visit("director")
    villager.open(f"/items/?q={NONSENSE}")
    clock.at += timedelta(minutes=5)
    visit("counter1").open("/windows/general/new?q=量子 纠缠")
    villager.open("/items/?q=高龄津贴")
    villager.open("/items/?q=13800138000")
    assert missed(here) == {NONSENSE: 2}
    assert NONSENSE in director.open("/catalogue/missed").text
    page = director.open(f"/catalogue/missed?words={NONSENSE}&q=高龄津贴")
    assert "加为俗称" in page.text
    director.press("/catalogue/missed/name", words=NONSENSE, code=CODE)
    assert missed(here) == {}
    assert f"/items/{CODE}" in villager.open(f"/items/?q={NONSENSE}").text
    assert missed(here) == {}
    with here.reading() as session:
        assert audit.about(session, f"item:{CODE}")[-1].verb == "catalogue.named"


@both_databases
def test_a_hit_that_helps_nobody_does_not_hide_what_was_sought(visit: Visit, here: House) -> None:
    villager = visit("")
    found = villager.open("/items/?q=高龄津贴").text
    assert f"/items/{CODE}" in found
    assert 'name="none"' in found
    assert missed(here) == {}
    told = villager.open("/items/?q=高龄津贴&none=1").text
    assert "“高龄津贴”记下了" in told
    assert "按专窗找" in told
    assert f"/items/{CODE}" not in told
    assert missed(here) == {"高龄津贴": 1}
    # what we ourselves took for a miss is counted once, and a long number never
    for words in (f"{NONSENSE}", f"{NONSENSE}&none=1", "低保13800138000&none=1", "&none=1"):
        assert villager.open(f"/items/?q={words}").status_code == 200
    assert missed(here) == {"高龄津贴": 1, NONSENSE: 1}


@both_databases
def test_it_becomes_a_synonym_or_is_ignored_for_good(visit: Visit, here: House) -> None:
    director = visit("director")
    for words in (NONSENSE, "黑洞蒸发"):
        visit("").open(f"/items/?q={words}")
    director.open("/catalogue/missed")
    answer = director.press("/catalogue/missed/explain", words=NONSENSE, meanings=" ")
    assert "请填写对应的规范说法" in answer.text
    director.press("/catalogue/missed/explain", words=NONSENSE, meanings="高龄津贴")
    assert f"/items/{CODE}" in visit("").open(f"/items/?q={NONSENSE}").text
    director.open("/catalogue/missed")
    director.press("/catalogue/missed/ignore", words="黑洞蒸发")
    visit("").open("/items/?q=黑洞蒸发")
    assert missed(here) == {}
    director.open("/catalogue/missed")
    assert director.press("/catalogue/missed/ignore", words="没有的话").status_code == 404


@both_databases
def test_the_misses_are_bounded(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_ROWS", 5)
    with here.writing() as session:
        for number in range(9):
            actions.note_missed(session, f"甲乙{number}", here.now() + timedelta(days=number))
        actions.note_missed(session, "甲乙8", here.now())
    assert missed(here) == {"甲乙8": 2, "甲乙7": 1, "甲乙6": 1, "甲乙5": 1, "甲乙4": 1}


def test_a_search_goes_on_when_nothing_can_be_written(
    visit: Visit, here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("insert", {}, Exception("locked"))

    monkeypatch.setattr(actions, "note_missed", locked)
    page = visit("").open(f"/items/?q={NONSENSE}")
    assert page.status_code == 200
    assert missed(here) == {}


@both_databases
def test_words_are_kept_by_hand(visit: Visit, here: House) -> None:
    director = visit("director")
    director.open("/catalogue/synonyms")
    director.press("/catalogue/synonyms", word="阿婆钱", meanings="高龄津贴，80周岁")
    assert "高龄津贴、80周岁" in director.open("/catalogue/synonyms?q=阿婆").text
    assert f"/items/{CODE}" in visit("").open("/items/?q=阿婆钱").text
    assert 'value="高龄津贴、80周岁"' in director.open("/catalogue/synonyms?word=阿婆钱").text
    director.press("/catalogue/synonyms/remove", word="阿婆钱")
    assert "词表里没有" in director.open("/catalogue/synonyms?q=阿婆钱").text
    with here.reading() as session:
        verbs = [line.verb for line in audit.about(session, "synonym:阿婆钱")]
        assert verbs == ["synonyms.saved", "synonyms.removed"]


def test_the_starter_table_means_the_same_out_of_the_database() -> None:
    rows = read_csv(STARTER_WORDS.name, STARTER_WORDS.read_bytes())[1:]
    told = synonyms(table_rows(sorted(stored_words(rows).items())))
    first = synonyms(rows)
    assert dict(told.official) == dict(first.official)
    assert told.empty == first.empty
    assert set(told.telling) == set(first.telling)


def test_the_first_words_are_there_and_those_of_staff_stay(here: House) -> None:
    with here.writing() as session:
        word, meanings = known.town_words(session)[0]
        assert actions.load_synonyms(session, here.now()) == 0
        session.get_one(Synonym, word).meanings = "改过"
        assert actions.load_synonyms(session, here.now()) == 0
        assert (known.meanings_of(session, word), meanings) == ("改过", meanings)


def hang(visitor: Visitor, raw: bytes, material: str, kind: str = "blank") -> TestResponse:
    visitor.open(ITEM)
    data = {**visitor.hidden, "kind": kind, "material": material}
    data["file"] = (io.BytesIO(raw), "C:\\我的文档\\张三.exe")  # type: ignore[assignment]
    return visitor.client.post(f"{ITEM}/forms", base_url=BASE, data=data)


@both_databases
def test_a_form_hangs_beside_its_paper_for_everybody(visit: Visit, here: House) -> None:
    director = visit("director")
    with here.reading() as session:
        version = queries.published(session, CODE)
        paper = queries.materials_of(session, version.id)[0].name
    assert hang(director, A_PDF, paper).status_code == 303
    assert hang(director, png(), paper, "sample").status_code == 303
    with here.reading() as session:
        blank, sample = queries.material_forms(session, version.item_id)[paper]
    handed = visit("").open(f"/forms/{blank.id}/{blank.file_name}")
    assert handed.data == A_PDF
    assert handed.headers["Content-Type"] == "application/pdf"
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    assert handed.headers["Content-Security-Policy"].startswith("sandbox")
    assert handed.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    shown = visit("").open(f"/forms/{sample.id}/anything")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert f"/forms/{blank.id}/" in visit("").open(f"/items/{CODE}").text

    assert hang(director, A_PDF + b"\n%%EOF", paper).status_code == 303
    assert visit("").open(f"/forms/{blank.id}/x").data == A_PDF + b"\n%%EOF"
    director.open(ITEM)
    director.press(f"{ITEM}/forms/{blank.id}/remove")
    assert visit("").open(f"/forms/{blank.id}/x").status_code == 404
    other = "/catalogue/items/BM-008"
    director.open(other)
    assert director.press(f"{other}/forms/{sample.id}/remove").status_code == 404
    with here.reading() as session:
        assert session.query(MaterialForm).count() == 1


@pytest.mark.parametrize(
    ("raw", "material", "sentence"),
    [
        (b"MZ\x90", "", "只收PDF、PNG、JPG"),
        (b"", "", "请先选择文件"),
        (A_PDF, "没有的材料", "材料清单里没有“没有的材料”"),
    ],
)
def test_other_files_are_refused_with_a_sentence(
    visit: Visit, raw: bytes, material: str, sentence: str
) -> None:
    answer = hang(visit("director"), raw, material)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
