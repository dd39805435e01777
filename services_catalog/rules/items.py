"""政务服务事项: what one version of an item says, and what it must answer to be published."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from services_catalog.rules.limits import UNANSWERED, TimeLimit


class Window(StrEnum):
    """Which window's staff take the item in."""

    GENERAL = "general"  # 综合窗口
    ENTERPRISE = "enterprise"  # 企业服务窗口
    VILLAGE_ACCOUNTS = "village_accounts"  # 村级会计代理窗口
    PETITIONS = "petitions"  # 信访窗口


class Handling(StrEnum):
    """What the hall does with the item: the rule of three.

    Source: the 365 article (domain/the-365-centre.md): 可办 / 代办 / 转介.
    """

    HERE = "here"  # 可办: handled or accepted here
    CARRIED = "carried"  # 代办: collected here and carried to the body that accepts
    REFERRED = "referred"  # 转介: explained or booked here, handled elsewhere


class FormKind(StrEnum):
    """Which picture of a form a villager may look at."""

    BLANK = "blank"  # 空白表格
    SAMPLE = "sample"  # 填写样表


class VersionState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"  # 草稿
    PUBLISHED = "published"  # 已发布
    SUPERSEDED = "superseded"  # 已被新版替代


FORM_NAMES = {FormKind.BLANK: "空白表格", FormKind.SAMPLE: "填写样表"}
WINDOW_NAMES = {
    Window.GENERAL: "综合窗口",
    Window.ENTERPRISE: "企业服务窗口",
    Window.VILLAGE_ACCOUNTS: "村级会计代理窗口",
    Window.PETITIONS: "信访窗口",
}
HANDLING_NAMES = {
    Handling.HERE: "可办",
    Handling.CARRIED: "代办",
    Handling.REFERRED: "转介",
}
STATE_NAMES = {
    VersionState.DRAFT: "草稿",
    VersionState.PUBLISHED: "已发布",
    VersionState.SUPERSEDED: "已被新版替代",
}
#: the section (专窗) of an item whose sheet names none
OTHER_SECTION = "其他"
#: what must be answered before an item is published; 无 is an answer, an empty cell is not
REQUIRED = {
    "title": "事项名称",
    "item_type": "事项类型",
    "body": "实施主体",
    "audience": "服务对象",
    "statutory": "法定办结时限",
    "promised": "承诺办结时限",
    "conditions": "受理条件",
    "materials": "申请材料",
    "place": "办理地点",
    "phone": "咨询电话",
    "complaint_phone": "监督投诉电话",
}


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """申请材料: one paper to bring."""

    name: str
    copies: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Everything one version of an item says. Empty text is an unanswered field."""

    title: str
    section: str = OTHER_SECTION
    handling: Handling = Handling.REFERRED
    item_type: str = ""
    body: str = ""
    audience: str = ""
    statutory: TimeLimit = UNANSWERED
    promised: TimeLimit = UNANSWERED
    #: 时限说明: the sheet's own words where a limit had to be read into a number
    limit_note: str = ""
    conditions: str = ""
    #: None is unanswered; an empty tuple is the answer 无
    materials: tuple[MaterialFacts, ...] | None = None
    steps: str = ""
    fee: str = ""
    place: str = ""
    hours: str = ""
    phone: str = ""
    complaint_phone: str = ""
    faq: str = ""
    basic_code: str = ""
    level: str = ""
    visits: str = ""
    themes: str = ""
    joint_bodies: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a sheet or a form hands it in.

    `names` (俗称) and `window` are None where the sheet does not speak of them: what the
    catalogue knows is then left as it is.
    """

    code: str
    facts: ItemFacts
    names: tuple[str, ...] | None = None
    window: Window | None = None
    #: False: the sheet had no code and one was made here; such an item stays a draft
    is_coded: bool = True


def missing_answers(facts: ItemFacts) -> tuple[str, ...]:
    """Return the Chinese names of required fields without an answer.

    Source: practice.md 5: 无 and 无线下办理窗口 are answers, an empty cell is not.
    """
    return tuple(
        chinese
        for name, chinese in REQUIRED.items()
        if getattr(facts, name) in ("", None, UNANSWERED)
    )


def digest(facts: ItemFacts) -> bytes:
    """Return 32 bytes that are the same for the same facts.

    Fields that keep their default are left out, so that a field added to ItemFacts later
    does not make every item look changed at the next import.
    """
    said = asdict(facts)
    told = {
        field.name: said[field.name]
        for field in fields(facts)
        if getattr(facts, field.name) != field.default
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()
