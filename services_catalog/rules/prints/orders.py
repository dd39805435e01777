"""印制任务: what somebody wants printed, and what is said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kernel.errors import Refusal
from services_catalog.rules.prints.kinds import PRINT_NAMES, PrintKind, check_code

#: what long work of each kind is called
WORK_KINDS = {
    PrintKind.CARD: "print.cards",
    PrintKind.BOARD: "print.board",
    PrintKind.HANDBOOK: "print.handbook",
    PrintKind.LEAFLET: "print.leaflet",
}
#: one file of more cards than this takes more memory than the hall's PC has to spare
MOST_IN_ONE_FILE = 12_000
#: a Chinese character is read with ease from this many times its height [confirm]
READ_FROM = 300
#: boards are read from here
METRES = 2.0
LABELS = {kind: f"正在印制{name}" for kind, name in PRINT_NAMES.items()}
PRINTED = "{name}已生成：{copies}{measure}。"
MEASURES = {
    PrintKind.CARD: "张",
    PrintKind.BOARD: "块",
    PrintKind.HANDBOOK: "份",
    PrintKind.LEAFLET: "份",
}
LACKING_HEADS = "有{count}户的户主姓名里有字库没有的字，卡上印成“〓”，请手写补上：{doors}。"
TOO_SMALL = (
    "幅面{size}的字只有{millimetres}毫米高，大约{metres}米以内才看得清；"
    "两米外要看清请用更大的幅面。"
)
NAMED_DOORS = 20


class NothingPublished(Refusal):
    message = "办事目录里还没有已发布的事项，印出来是空的；请先导入或发布事项。"


class NoVillages(Refusal):
    message = "还没有村，请先录入各村，再印制。"


class NoSuchVillage(Refusal):
    message = "没有代码或名称是“{village}”的村，请核对。"
    status = 404


class NoHouseholds(Refusal):
    message = "所选的村还没有户籍册，一卡通要一户一张，请先导入户籍册。"


class NothingStale(Refusal):
    message = "没有要换的：手里的和墙上的都与今天的内容一致。"


class TooManyInOneFile(Refusal):
    message = "{count}张卡放在一个文件里太大，请给一个文件夹（每村一个文件），或分村印制。"


class OneFileOneItem(Refusal):
    message = (
        "一个文件只放一项：请写明印哪一项，例如 BM-001；要全部的，给一个文件夹，每项一个文件。"
    )
    status = 422


class LackingGlyphs(Refusal):
    message = "“{said}”里的“{glyphs}”字库里没有，印出来会缺字；请换一种写法再印。"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: no personal values, so that it may wait in the line of long work."""

    kind: PrintKind
    #: codes or names; none: every village
    villages: tuple[str, ...] = ()
    #: code of the leaflet's item
    item: str = ""
    #: of boards and leaflets; empty: the usual one
    size: str = ""
    only_stale: bool = False

    @property
    def title(self) -> str:
        """Return what the list of long work calls it."""
        asides = (
            "、".join(self.villages),
            self.item,
            self.size,
            "只印要换的" if self.only_stale else "",
        )
        said = "，".join(filter(None, asides))
        return PRINT_NAMES[self.kind] + (f"（{said}）" if said else "")


def as_wanted(order: Order) -> dict[str, object]:
    """Return an order as long work keeps it."""
    return asdict(order)


def read_wanted(wanted: Mapping[str, Any]) -> Order:
    """Return the order that long work kept."""
    kept = dict(wanted)
    return Order(PrintKind(kept.pop("kind")), tuple(kept.pop("villages")), **kept)


def stamp(day: date, editions: Sequence[int], digest: str) -> dict[str, str]:
    """Return what stands small on every print: as-of day, edition, and the words' check code."""
    return {
        "as_of": day_words(day),
        "edition": ".".join(map(str, editions)),
        "check": check_code(digest),
    }


def day_words(day: date) -> str:
    """Return 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed_words(kind: PrintKind, copies: int) -> str:
    """Return what is said when a print is done."""
    return PRINTED.format(name=PRINT_NAMES[kind], copies=copies, measure=MEASURES[kind])


def lacking_words(doors: Sequence[str]) -> str:
    """Return what is said about heads of household whose names could not be printed whole."""
    if not doors:
        return ""
    named = "、".join(doors[:NAMED_DOORS]) + ("等" if len(doors) > NAMED_DOORS else "")
    return LACKING_HEADS.format(count=len(doors), doors=named)


def legibility_words(size: str, millimetres: float) -> str:
    """Return a warning where a board's words are too small for two metres."""
    metres = millimetres * READ_FROM / 1000
    if metres >= METRES:
        return ""
    return TOO_SMALL.format(size=size, millimetres=round(millimetres, 1), metres=round(metres, 1))
