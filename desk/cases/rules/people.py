"""申请人与来办人: who a case is about, who stands at the counter, and how both are found again.

What is stored of a person is sealed; what can be searched for is a set of blind tokens: the
whole number, its last four, the phone, its last four, the name by single characters and pairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.contact import PhoneKind, last_four, parse_phone
from kernel.identity import DocumentKind, Sex
from kernel.text import folded


class Part(StrEnum):
    """What somebody has to do with a case."""

    APPLICANT = "applicant"  # 申请人
    PRESENTER = "presenter"  # 来办人: hands it in for the applicant


class Relation(StrEnum):
    """Who the presenter is to the applicant."""

    SPOUSE = "spouse"  # 配偶
    PARENT = "parent"  # 父母
    CHILD = "child"  # 子女
    RELATIVE = "relative"  # 其他亲属
    ADVISER = "adviser"  # 村咨询员
    AGENT = "agent"  # 受托人
    STAFF = "staff"  # 单位经办人员


RELATION_NAMES = {
    Relation.SPOUSE: "配偶",
    Relation.PARENT: "父母",
    Relation.CHILD: "子女",
    Relation.RELATIVE: "其他亲属",
    Relation.ADVISER: "村咨询员",
    Relation.AGENT: "受托人",
    Relation.STAFF: "单位经办人员",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as typed at the counter, already checked and normalised."""

    name: str
    document_kind: DocumentKind = DocumentKind.NONE
    document_number: str = ""
    born_on: date | None = None
    sex: Sex | None = None
    #: stored form of kernel.contact; empty: none, so the call list
    phone: str = ""
    address: str = ""
    relation: Relation | None = None
    #: why birth date or sex differ from what the number says (practice 7)
    birth_reason: str = ""

    @property
    def is_mobile(self) -> bool:
        """Say whether a text message can reach the phone."""
        return bool(self.phone) and parse_phone(self.phone).kind is PhoneKind.MOBILE


#: who is only pointed on need not say anything
NOBODY = Person(name="")
UNNAMED = "未留姓名"


def search_keys(person: Person) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for every way in which a case of this person can be found."""
    name = folded(person.name)
    yield from (("name", piece) for piece in name_pieces(name))
    if person.document_number:
        yield "document", person.document_number
        yield "document4", folded(person.document_number[-4:]).upper()
    if person.phone:
        yield "phone", person.phone
        yield "phone4", last_four(person.phone)


def name_pieces(name: str) -> list[str]:
    """Return a folded name's single characters and pairs of neighbours."""
    pairs = [name[place : place + 2] for place in range(len(name) - 1)]
    return [*dict.fromkeys(name), *dict.fromkeys(pairs)]


def sought_pieces(typed: str) -> list[str]:
    """Return the pieces that a name containing `typed` must all have."""
    name = folded(typed)
    return [name] if len(name) < 2 else [name[place : place + 2] for place in range(len(name) - 1)]
