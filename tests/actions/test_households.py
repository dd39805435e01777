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
