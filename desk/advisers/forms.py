"""咨询员的表单: particulars, training, a question."""

from datetime import date

from flask import request

from desk.advisers.actions import Particulars
from desk.advisers.rules import QUESTION_LIMIT
from kernel.contact import parse_phone
from kernel.text import checked_name, whole_number
from kernel.web.fields import Typed, read_day


def particulars() -> Particulars:
    """Read what the hall keeps of an adviser."""
    typed = Typed()
    name, phone = typed.read("name", checked_name), typed.read("phone", parse_phone)
    office, education = typed.text("office", 40), typed.text("education", 20)
    first, last = typed.day("term_from_on"), typed.day("term_to_on")
    typed.finish()
    shown = phone.display.replace(" ", "") if phone else ""
    staff_id = whole_number(request.form.get("staff_id", ""))
    return Particulars(name or "", office, shown, education, first, last, staff_id)


def training(today: date) -> tuple[date, str, str]:
    """Read a day of training: (day, subject, result)."""
    typed = Typed()
    day = typed.read("held_on", read_day)
    subject, result = typed.text("subject", 80), typed.text("result", 40)
    typed.finish()
    return day or today, subject, result


def answer() -> str:
    """Read the hall's answer to a question."""
    typed = Typed()
    said = typed.text("answer", QUESTION_LIMIT)
    typed.finish()
    return said


def words() -> tuple[str, str]:
    """Read a question and its answer."""
    typed = Typed()
    question, answer = (typed.text(field, QUESTION_LIMIT) for field in ("question", "answer"))
    typed.finish()
    return question, answer
