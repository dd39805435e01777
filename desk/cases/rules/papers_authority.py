"""授权委托书: what an applicant signs who sends somebody else, prefilled; the hall issues none.

Full numbers stand on it, as it binds people; whoever prints it is on record.
Source: practice 6 (申请人与经办人), 10 (prefilled for signature); 民法典 §165 [confirm].
"""

from desk.cases.rules.papers_contents import Contents
from desk.cases.rules.papers_known import Known
from desk.cases.rules.people import NOBODY, RELATION_NAMES, Part, Person
from kernel.contact import parse_phone
from kernel.identity import LABELS

TITLE = "授权委托书"
#: why full numbers were looked at, as the record of reveals says it
PURPOSE = "打印文书"
BLANK = "＿＿＿＿＿＿＿＿＿＿＿＿"
GIVER, TAKER = "委托人", "受托人"
COPIES = ("窗口存档联", "受托人联")
SIGNATURES = ("委托人（签名或按指印）：", "受托人（签名）：", "日　期：")
POWERS = (
    "委托人因故不能亲自到场，委托受托人代为办理上述事项，权限为：提交、补正和领回申请材料，"
    "签收有关文书，领取办理结果。放弃申请、变更申请内容，须由委托人另行书面授权。"
)
UNTIL = "委托期限：自签名之日起，至本件办结、结果领取之日止。委托人可以随时书面撤回委托。"
TRUE = "委托人对委托内容的真实性负责；受托人应当持本人身份证件办理。"


def letter_of_authority(known: Known) -> Contents:
    """Return the letter with what the case knows of both; a line to write on for the rest."""
    people = dict(known.people)
    taker = people.get(Part.PRESENTER, NOBODY)
    relation = RELATION_NAMES[taker.relation] if taker.relation else BLANK
    return Contents(
        title=TITLE,
        issuer="",
        facts=(
            ("受理编号", known.number),
            *_whole(GIVER, people.get(Part.APPLICANT, NOBODY)),
            *_whole(TAKER, taker),
            ("双方关系", relation),
            ("委托事项", f"{known.matter.title}（{known.matter.code}）"),
            ("实施主体", known.matter.body),
        ),
        words=(POWERS, UNTIL, TRUE),
        signatures=SIGNATURES,
        copies=COPIES,
        is_sealed=False,
    )


def _whole(part: str, one: Person) -> list[tuple[str, str]]:
    """Return somebody with full numbers, as a letter needs them to bind."""
    phone = parse_phone(one.phone).display if one.phone else BLANK
    document = LABELS[one.document_kind] if one.document_number else "身份证件号码"
    return [
        (part, one.name or BLANK),
        (document, one.document_number or BLANK),
        ("电话", phone),
    ]
