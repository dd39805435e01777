"""户: how a sheet of households is read, and what is refused in it, row by row."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from kernel.contact import parse_phone
from kernel.errors import Conflict, InvalidInput, Refusal
from kernel.text import checked_name, checked_text, folded, whole_number

#: header names of an office's sheet, in any order
COLUMNS = {
    "village": ("村", "村名", "行政村"),
    "group": ("组", "村民小组", "组别", "小组"),
    "head": ("户主", "户主姓名", "姓名"),
    "door": ("门牌号", "门牌", "住址", "地址"),
    "phone": ("电话", "联系电话", "手机", "手机号码"),
    "walk": ("顺序", "走访顺序", "序号"),
}
NEEDED = ("village", "head")
LONGEST_GROUP, LONGEST_DOOR = 40, 80
NO_PHONE = "无"
#: how people write that a house has no number, and what stands in the register instead
SAID_NO_DOOR = frozenset({"", "无", "没有", "无门牌", "暂无"})
NO_DOOR = "无门牌"
CARD_PURPOSE = "card"
_CARD = re.compile(r"(?:.*/H/)([0-9A-HJKMNP-TV-Z]{26})")


class NoSuchColumn(Refusal):
    message = "表头里没有“{names}”，请按 村、组、户主、门牌号、电话 的表头整理后再导入。"
    status = 422


class RowRefused(Refusal):
    message = "{why}"
    status = 422


class DoorTaken(Refusal):
    message = "{group}{door}已经登记了另一户，请核对门牌；那一户搬走了的，先到它那里登记销户。"
    field = "door"


class DoorMissing(InvalidInput):
    message = "请填写门牌号；没有门牌的写“无”。"


class HouseholdChanged(Conflict):
    message = "这一户刚刚被他人改动，您填写的内容都还在下面；请先对照最新内容，再按一次。"


class NoSuchCard(Refusal):
    message = "这张卡已经挂失换发，或不是本乡的卡；请到便民服务中心或找村咨询员换新卡。"
    status = 404


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household of a sheet. Its repr is silent, for logs are read."""

    row: int
    village: str
    group: str
    #: empty where the house has no number: the register gives it a place of its own
    door: str
    head: str = field(repr=False)
    #: stored form of kernel.contact, or empty
    phone: str = field(repr=False, default="")
    walk: int = 0

    @property
    def place(self) -> tuple[str, ...]:
        """Return where the household lives: what may stand in the register once.

        Houses without a number are told apart by their heads.
        """
        place = (folded(self.village), folded(self.group), folded(self.door))
        return place if self.door else (*place, folded(self.head))

    @property
    def words(self) -> tuple[str, str, str, str]:
        """Return what the register says of it, sign for sign: the first three stand on its card."""
        return (self.group, self.door, self.head, self.phone)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken in, with its sentence."""

    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Register:
    """What a sheet says: households to take in, and rows refused."""

    rows: tuple[HouseholdRow, ...]
    refused: tuple[RefusedRow, ...]


@dataclass
class Tally:
    """What an import did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    doorless: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return the counts and every refused row, as people read them."""
        counts = f"新增{self.added}户，更新{self.changed}户，没变{self.unchanged}户"
        if self.doorless:
            counts += f"（其中{self.doorless}户没有门牌，记作“{NO_DOOR}1”等，排在本组最后）"
        lines = [f"第{one.row}行：{one.sentence}" for one in self.refused]
        return "\n".join([f"{counts}，没收下{len(lines)}行。", *lines])


def read_register(table: Sequence[Sequence[str]], villages: Mapping[str, str]) -> Register:
    """Read a sheet. `villages` gives the code of a village by its folded name.

    Raises: NoSuchColumn.
    """
    places = _places(table[0] if table else ())
    rows: list[HouseholdRow] = []
    refused: list[RefusedRow] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in _filled(table):
        try:
            row = _read_row(number, cells, places, villages)
            _refuse_twice(row, seen)
        except Refusal as refusal:
            refused.append(RefusedRow(number, refusal.sentence))
        else:
            rows.append(row)
    return Register(tuple(_in_walking_order(rows)), tuple(refused))


def _in_walking_order(rows: Sequence[HouseholdRow]) -> Iterator[HouseholdRow]:
    """Give the rows whose house has a number, then the others, at the end of their group.

    One that the sheet gives a place in the walk keeps it.
    """
    last: dict[tuple[str, str], int] = {}
    for row in rows:
        last[row.village, row.group] = max(row.walk, last.get((row.village, row.group), 0))
    yield from (row for row in rows if row.door)
    for row in rows:
        if not row.door:
            yield replace(row, walk=row.walk or last[row.village, row.group] or row.row)


def _places(header: Sequence[str]) -> dict[str, int]:
    plain = [folded(cell) for cell in header]
    found = {
        column: plain.index(name)
        for column, names in COLUMNS.items()
        for name in names
        if name in plain
    }
    missing = [COLUMNS[column][0] for column in NEEDED if column not in found]
    if missing:
        raise NoSuchColumn(names="、".join(missing))
    return found


def _filled(table: Sequence[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _read_row(
    number: int, cells: Sequence[str], places: Mapping[str, int], villages: Mapping[str, str]
) -> HouseholdRow:
    def cell(column: str) -> str:
        place = places.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    code = villages.get(folded(cell("village")))
    if code is None:
        raise RowRefused(why=f"没有“{cell('village')}”这个村，请核对村名。")
    if not cell("head"):
        raise RowRefused(why="没有户主姓名，请补上。")
    walk, door = whole_number(cell("walk")), checked_door(cell("door") or NO_DOOR)
    return HouseholdRow(
        row=number,
        village=code,
        group=checked_text(cell("group"), LONGEST_GROUP),
        door=door,
        head=checked_name(cell("head")),
        phone=parse_phone(cell("phone")).stored if cell("phone") else "",
        walk=walk or (number if door else 0),
    )


def _refuse_twice(row: HouseholdRow, seen: dict[tuple[str, ...], int]) -> None:
    """Refuse a second household at one door, or of one head and phone, naming the first."""
    first = seen.setdefault(row.place, row.row)
    if first != row.row:
        alike = "门牌" if row.door else "户主，都没有门牌"
        raise RowRefused(why=f"和第{first}行是同一村、组、{alike}，请核对是不是重复。")
    same = seen.setdefault((row.village, folded(row.head), row.phone), row.row)
    if row.phone and same != row.row:
        raise RowRefused(why=f"和第{same}行是同一村、户主和电话，请核对是不是重复。")


def checked_door(typed: str) -> str:
    """Return a door as it is printed; nothing for a house without. Raises DoorMissing."""
    door = checked_text(typed, LONGEST_DOOR)
    if not door:
        raise DoorMissing
    return "" if door in SAID_NO_DOOR else door


def free_door(taken: Collection[str]) -> str:
    """Return what stands for the door of a house without one, other than those of its group."""
    return next(name for number in count(1) if (name := f"{NO_DOOR}{number}") not in taken)


def read_phone(typed: str) -> str:
    """Return a telephone number as it is stored; none for the word that says there is none."""
    return "" if typed.strip() == NO_PHONE else parse_phone(typed).stored


def read_card_code(typed: str) -> str | None:
    """Return the code of a household card whose QR a hand scanner typed, or None."""
    found = _CARD.fullmatch(unicodedata.normalize("NFKC", typed).strip().upper())
    return found[1] if found else None
