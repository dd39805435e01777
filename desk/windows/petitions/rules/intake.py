"""来访登记的规矩: what is asked of whoever writes a petition down, and who is told of a group.

Source: 信访工作条例 (多人走访推选代表, 不超过5人); practice 29; numbers are settings.
"""

from desk.windows.petitions.rules.kinds import (
    CHANNEL_NAMES,
    TOPIC_NAMES,
    Channel,
    Matter,
    Told,
)
from kernel.errors import InvalidInput, Refusal
from kernel.text import whole_number

TEXT_LIMIT = 1000
ORDER_LIMIT = 60
MOST_PEOPLE = 9999
#: of the code on the slip: long enough not to be guessed, short enough to be read aloud
CODE_LENGTH = 8


class MatterNeeded(Refusal):
    message = "请选这是哪一类：申诉求决、建议意见，还是检举控告。"
    status = 422
    field = "matter"


class GistNeeded(Refusal):
    message = "请写一句反映什么事。"
    status = 422
    field = "gist"


class NameNeeded(Refusal):
    message = "请填写信访人姓名；不愿留名的只登记为检举控告，由纪检受理。"
    status = 422
    field = "applicant_name"


class OrderNumberNeeded(Refusal):
    message = "12345工单请填工单编号，办完要凭它回复。"
    status = 422
    field = "order_number"


class NotPeople(InvalidInput):
    message = "人数请填1到{most}之间的整数。"


class TooManyRepresentatives(Refusal):
    message = "集体来访的代表最多{most}名（连信访人在内），现在有{number}名。"
    status = 422
    field = "representatives"


class NotALeader(Refusal):
    message = "请从列出的领导里选一位负责人。"
    status = 422
    field = "leader"


class ItemMissing(Refusal):
    message = "目录里还没有信访事项（{code}），请管理员先发布，再登记。"
    status = 503


def read_people(typed: str) -> int:
    """Read how many came; an empty field is one. Raises NotPeople."""
    number = whole_number(typed.strip() or "1")
    if number is None or not 1 <= number <= MOST_PEOPLE:
        raise NotPeople(most=MOST_PEOPLE)
    return number


def read_names(typed: str) -> tuple[str, ...]:
    """Return the names somebody typed with commas, stops or line breaks between."""
    for sign in "，,、；;\n":
        typed = typed.replace(sign, "|")
    return tuple(name.strip() for name in typed.split("|") if name.strip())


def check_told(told: Told, name: str, most_representatives: int) -> None:
    """Refuse what could not be worked on: no gist, nobody's, an order without its number."""
    if not told.gist:
        raise GistNeeded
    if told.matter is not Matter.DENUNCIATION and not name:
        raise NameNeeded
    if told.channel is Channel.HOTLINE and not told.order_number:
        raise OrderNumberNeeded
    number = len(told.representatives) + 1
    if number > most_representatives:
        raise TooManyRepresentatives(most=most_representatives, number=number)


def is_group(people: int, group_size: int) -> bool:
    """Say whether so many are a group visit, which is told upward."""
    return people >= group_size


def group_words(told: Told, number: str, where: str) -> str:
    """Return the open entry of the duty log about a group visit: no names, no story."""
    place = f"{where}群众" if where else "群众"
    way, topic = CHANNEL_NAMES[told.channel], TOPIC_NAMES[told.topic]
    return f"集体{way}：{place}{told.people}人，反映{topic}（{number}），请领导接访、报告上级"


def registered_line(told: Told) -> str:
    """Return the first line of the timeline, which the petitioner may read."""
    return f"{CHANNEL_NAMES[told.channel]}事项已登记，正在审查是否受理。"
