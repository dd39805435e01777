"""一件协办: the fullest case has asked two others for their part; one has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cases.actions import joint
from desk.cases.queries import by_number
from desk.cases.rules.joint import Answered, Opinion, Wanted
from kernel.web.house import House
from services_catalog.rules.items import Window
from tests.builders import clerk

if TYPE_CHECKING:
    from tests.stories.a_month_of_work import Month

TASK = "请核实申请人名下是否办有企业，企业用地和本件的宅基地是否重叠；重叠的写明面积。"
SAID = Answered(Opinion.AGREE, "已查户籍底册，一户一宅，情况属实。", "户籍证明1份", "示例民警")


def ask_for_parts(here: House, month: Month) -> None:
    """Ask the enterprise window, which has not taken it yet, and a body that has answered."""
    with here.writing() as session:
        case = by_number(session, month.numbers["full"])
        assert case is not None
        by = (clerk(session), here.now(), here.hall(session))
        joint.ask(session, case, Wanted(Window.ENTERPRISE, "", 3, TASK), by)
        asked = joint.ask(session, case, Wanted(None, "示例派出所", 2, "请核实户籍。"), by)
        joint.answer(session, case, asked, SAID, by)
