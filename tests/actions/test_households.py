"""户籍册: taking in a sheet twice changes nothing; a reissued card's old code is dead."""

from pathlib import Path

from kernel.access import HOUSE
from kernel.clock import FixedClock
from kernel.households import actions, queries
from kernel.households.jobs import take_in_sheet
from kernel.town.queries import village
from kernel.web.house import House


def sheet(folder: Path, *lines: str) -> Path:
    file = folder / "households.csv"
    file.write_text("\n".join(("村,组,户主,门牌号,电话", *lines)), encoding="utf-8")
    return file


def test_a_second_import_changes_nothing_and_a_new_phone_keeps_the_card(
    here: House, tmp_path: Path
) -> None:
    with here.reading() as session:
        name = village(session, "V01").name
    lines = [f"{name},一组,示例户主𠮷,1号,15400000001", f"{name},二组,示例户主·乙,2号,"]
    steps: list[tuple[int, int]] = []
    first = take_in_sheet(here, sheet(tmp_path, *lines), HOUSE, lambda *at: steps.append(at))
    again = take_in_sheet(here, sheet(tmp_path, *lines), HOUSE, lambda *at: None)
    assert (first.added, again.added, again.changed, again.unchanged) == (2, 0, 0, 2)
    assert steps == [(2, 2)]
    with here.reading() as session:
        before = queries.of_village(session, village(session, "V01").id)[0]
        code, opened = queries.card_code(session, before), queries.opened(session, before)
        assert (opened.head, opened.phone) == ("示例户主𠮷", "+8615400000001")
    changed = sheet(tmp_path, f"{name},一组,示例户主𠮷,1号,15400000009", lines[1])
    assert take_in_sheet(here, changed, HOUSE, lambda *at: None).changed == 1
    with here.reading() as session:
        found = queries.by_card(session, code.lower())
        assert found is not None
        assert queries.opened(session, found).phone == "+8615400000009"


def test_houses_without_a_number_are_taken_in_once_and_get_one_when_there_is_one(
    here: House, tmp_path: Path
) -> None:
    with here.reading() as session:
        place = village(session, "V01")

    def take_in(*lines: str) -> tuple[int, int, int]:
        rows = (f"{place.name},{line}" for line in lines)
        told = take_in_sheet(here, sheet(tmp_path, *rows), HOUSE, lambda *at: None)
        assert "没有门牌" in told.words
        return told.added, told.changed, told.unchanged

    def walked() -> list[tuple[str, str, str]]:
        with here.reading() as session:
            opened = queries.named(session, queries.of_village(session, place.id))
        return [(one.household.group, one.household.door, one.head) for one in opened]

    lines = [
        "一组,示例户主甲,,",
        "一组,示例户主乙,1号,",
        "一组,示例户主丙,无,",
        "二组,示例户主丁,1号,",
    ]
    assert take_in(*lines) == (4, 0, 0)
    assert take_in(*lines) == (0, 0, 4)
    assert walked() == [
        ("一组", "1号", "示例户主乙"),
        ("一组", "无门牌1", "示例户主甲"),
        ("一组", "无门牌2", "示例户主丙"),
        ("二组", "1号", "示例户主丁"),
    ]
    # the house gets a number; another phone is another household no more
    lines[0], lines[2] = "一组,示例户主甲,2号,", "一组,示例户主丙,,15400000003"
    assert take_in(*lines) == (0, 2, 2)
    assert [door for _, door, _ in walked()] == ["2号", "1号", "无门牌2", "1号"]


def test_the_code_of_a_lost_card_opens_nothing(
    here: House, clock: FixedClock, tmp_path: Path
) -> None:
    with here.reading() as session:
        name = village(session, "V02").name
    take_in_sheet(here, sheet(tmp_path, f"{name},一组,示例户主,1号,"), HOUSE, lambda *at: None)
    with here.writing() as session:
        [household] = queries.of_village(session, village(session, "V02").id)
        lost = queries.card_code(session, household)
        actions.reissue(session, household, HOUSE, clock.now())
        fresh = queries.card_code(session, household)
    with here.reading() as session:
        assert queries.by_card(session, lost) is None
        assert queries.by_card(session, fresh) is not None
