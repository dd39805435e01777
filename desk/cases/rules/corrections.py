"""更正: which particulars a correction changed, in words that give nothing away."""

from desk.cases.rules.people import Person
from kernel.errors import Refusal

FIELDS = {
    "name": "姓名",
    "document_kind": "证件种类",
    "document_number": "证件号码",
    "born_on": "出生日期",
    "sex": "性别",
    "birth_reason": "与证件不一致的原因",
    "phone": "联系电话",
    "address": "住址",
}


class NothingChanged(Refusal):
    message = "没有改动任何内容；要更正的请改好后再提交，不更正请返回。"
    status = 422


def changed_fields(before: Person | None, after: Person) -> list[str]:
    """Return the Chinese names of the particulars that differ. Raises NothingChanged."""
    old = before or Person(name="")
    changed = [
        name for field, name in FIELDS.items() if getattr(old, field) != getattr(after, field)
    ]
    if not changed:
        raise NothingChanged
    return changed
