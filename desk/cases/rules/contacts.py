"""联系人: whom to tell for somebody who has no phone, as long as both want it; the call list.

A relative or the village's adviser, with the applicant's signed consent and a last day; after
that day the consent is over by itself. Whoever has neither phone nor contact is rung up or
visited, and stays on the list until reached. Source: practice 8; PIPL §14, §23 (consent).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from desk.cases.rules.people import RELATION_NAMES, Part, Person, Relation
from kernel.calendar.rules import chinese_date
from kernel.contact import PhoneKind, parse_phone
from kernel.errors import Refusal

#: longer than this a consent is not believed
LONGEST = timedelta(days=366)
#: the day the form proposes
USUAL = timedelta(days=180)
#: who may be told for somebody else
CONTACT_RELATIONS = {
    relation: RELATION_NAMES[relation]
    for relation in (
        *(Relation.SPOUSE, Relation.PARENT, Relation.CHILD),
        *(Relation.RELATIVE, Relation.ADVISER),
    )
}
_BARE = re.compile("^【[^】]*】|短信号[0-9A-Za-z]*$")


class CallResult(StrEnum):
    """What came of trying to reach somebody."""

    TOLD = "told"  # 本人接听
    RELAYED = "relayed"  # 已托人转告
    VISITED = "visited"  # 上门告知
    UNANSWERED = "unanswered"  # 无人接听
    WRONG_NUMBER = "wrong_number"  # 号码不对
    REFUSED = "refused"  # 接听的人不愿转告


CALL_NAMES = {
    CallResult.TOLD: "本人接听，已告知",
    CallResult.RELAYED: "家人或村干部答应转告",
    CallResult.VISITED: "上门或当面告知",
    CallResult.UNANSWERED: "无人接听",
    CallResult.WRONG_NUMBER: "号码不对、停机",
    CallResult.REFUSED: "接听的人不愿转告",
}
#: with these the person knows; with the others the list keeps them
REACHED = frozenset({CallResult.TOLD, CallResult.RELAYED, CallResult.VISITED})


#: what a reveal of a number on the call list is for
CALLING = "联系申请人"


class ConsentNeeded(Refusal):
    message = "要申请人同意才能告诉别人：请当面问清、在同意书上签名，再勾选“申请人已同意”。"
    status = 422
    field = "contact_consent"


class DayOfConsent(Refusal):
    message = "同意的截止日要在今天以后、一年以内，请改正。"
    status = 422
    field = "contact_until_on"


class MobileNeeded(Refusal):
    message = "联系人要留手机号，才收得到短信；只有座机的不用登记，电话名单会打。"
    status = 422
    field = "contact_phone"


class WhoIsIt(Refusal):
    message = "请选联系人与申请人的关系。"
    status = 422
    field = "contact_relation"


class NothingToTell(Refusal):
    message = "此件没有要打电话告知的事，或者刚才已经告知了。"


@dataclass(frozen=True, slots=True)
class Contact:
    """联系人 as typed, already normalised."""

    name: str
    relation: Relation | None
    #: stored form of kernel.contact
    phone: str = field(repr=False)
    until_on: date | None = None
    has_consent: bool = False
    #: the applicant wants to be told as well
    tells_both: bool = False


def check_contact(contact: Contact, today: date) -> date:
    """Refuse a contact without relation, consent, mobile or a fair last day; return that day.

    Raises: WhoIsIt, MobileNeeded, DayOfConsent, ConsentNeeded.
    """
    if contact.relation not in CONTACT_RELATIONS:
        raise WhoIsIt
    if not contact.phone or parse_phone(contact.phone).kind is not PhoneKind.MOBILE:
        raise MobileNeeded
    if contact.until_on is None or not today < contact.until_on <= today + LONGEST:
        raise DayOfConsent
    if not contact.has_consent:
        raise ConsentNeeded
    return contact.until_on


@dataclass(frozen=True, slots=True)
class Reached:
    """收信人: a mobile, and whether it is the contact's."""

    mobile: str = field(repr=False)
    is_contact: bool = False


def reached(people: Sequence[tuple[Part, Person]], contact: Contact | None) -> list[Reached]:
    """Return who gets a text: the contact of record, and the applicant who wants it as well.

    Without a contact: the applicant's mobile, else the presenter's.
    """
    if contact is None:
        mobiles = (one.phone for _, one in people if one.is_mobile)
        return [Reached(mobile) for mobile in mobiles][:1]
    own = [one.phone for part, one in people if part is Part.APPLICANT and one.is_mobile]
    both = [Reached(mobile) for mobile in own if contact.tells_both and mobile != contact.phone]
    return [*both, Reached(contact.phone, is_contact=True)]


def is_rung_up(people: Sequence[tuple[Part, Person]], contact: Contact | None) -> bool:
    """Say whether somebody who is to be told has to be rung up or visited.

    Nobody gets a text; or the applicant wants to be told as well and has a landline alone.
    """
    if contact is None:
        return not any(one.is_mobile for _, one in people)
    own = [one for part, one in people if part is Part.APPLICANT and one.phone]
    return contact.tells_both and any(not one.is_mobile for one in own)


def contact_key(key: str) -> str:
    """Return the key of a text to the contact, beside the one to the applicant."""
    return f"{key}:contact"


def spoken(text: str) -> str:
    """Return a text without signature and mark, to be said on the telephone."""
    return _BARE.sub("", _BARE.sub("", text))


def numbers_to_ring(people: Sequence[tuple[Part, Person]]) -> Iterator[tuple[str, str]]:
    """Yield the names of who can be rung up, each with the number as one dials it."""
    for part, person in people:
        if person.phone:
            who = "" if part is Part.APPLICANT else "来办人"
            yield f"{who}{person.name}", parse_phone(person.phone).display


def appointed_line(relation: Relation, until_on: date) -> str:
    """Return the staff's line about a contact; no name, no number."""
    day = chinese_date(until_on)
    return f"申请人同意由联系人（{RELATION_NAMES[relation]}）代收告知，到{day}为止。"


def called_line(result: CallResult) -> str:
    """Return the staff's line about a call."""
    return f"电话名单：{CALL_NAMES[result]}"


ENDED_LINE = "联系人已取消，以后按申请人自己的电话告知。"
