"""登记簿: the registers beside the books, and what each row of them says.

One table of columns per register: its list, its form, its sheet and its paper are all read from it.
Source: 农村集体资产清产核资 (固定资产, 资源台账, 合同); practice 28.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Register(StrEnum):
    """Which register; the value is its address."""

    ASSETS = "assets"  # 固定资产
    CONTRACTS = "contracts"  # 合同
    RESOURCES = "resources"  # 资源台账
    BOOKS = "receipt-books"  # 统一收款收据：本
    RECEIPTS = "receipts"  # 统一收款收据：份
    FUNDS = "funds"  # 专项资金
    PLAN = "plan"  # 年度财务计划
    MEMBERS = "members"  # 成员与股份
    DIVIDENDS = "dividends"  # 分红


REGISTER_NAMES: dict[Register, str] = {
    Register.ASSETS: "固定资产",
    Register.CONTRACTS: "合同租约",
    Register.RESOURCES: "资源台账",
    Register.BOOKS: "收据本",
    Register.RECEIPTS: "收款收据",
    Register.FUNDS: "专项资金",
    Register.PLAN: "年度财务计划",
    Register.MEMBERS: "成员和股份",
    Register.DIVIDENDS: "分红",
}


class Cell(StrEnum):
    """How a cell is typed and shown."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    #: hundredths: 亩, 股
    HUNDREDTHS = "hundredths"
    DAY = "day"
    CHOICE = "choice"
    #: an entry in the books, typed as 2026-03/12
    VOUCHER = "voucher"
    #: the code of an account of the set
    ACCOUNT = "account"
    #: the same, with or without parts
    ANY_ACCOUNT = "any_account"
    #: the code of a receipt book of the set
    BOOK = "book"


#: cells that stand to the right
FIGURES = frozenset({Cell.MONEY, Cell.NUMBER, Cell.HUNDREDTHS})


class AssetKind(StrEnum):
    """What a fixed asset is."""

    BUILDING = "building"  # 房屋建筑
    WORKS = "works"  # 农田水利、道路
    MACHINE = "machine"  # 机械设备
    VEHICLE = "vehicle"  # 运输工具
    OTHER = "other"  # 其他


class ContractKind(StrEnum):
    """What a contract is about."""

    LAND = "land"  # 土地发包
    WATER = "water"  # 水面发包
    SHOP = "shop"  # 房屋、店面出租
    WORKS = "works"  # 工程、采购
    OTHER = "other"  # 其他


class ResourceKind(StrEnum):
    """What a resource is."""

    FIELD = "field"  # 耕地
    FOREST = "forest"  # 林地
    WATER = "water"  # 水面
    WASTE = "waste"  # 四荒地
    BUILDING_LAND = "building_land"  # 集体建设用地
    OTHER = "other"  # 其他


class ReceiptState(StrEnum):
    """What became of one receipt."""

    USED = "used"  # 已用
    VOID = "void"  # 作废


class PlanSide(StrEnum):
    """Which side of the plan."""

    INCOME = "income"  # 计划收入
    EXPENSE = "expense"  # 计划支出


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, how it is typed, and whether it may be left empty."""

    name: str
    label: str
    cell: Cell = Cell.TEXT
    needed: bool = False
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    #: sealed with the town's key; shown in full nowhere but where it is typed
    is_sealed: bool = False
    #: on lists and paper only its last four
    is_masked: bool = False


_ASSET_KINDS: dict[str, str] = {
    AssetKind.BUILDING: "房屋建筑",
    AssetKind.WORKS: "农田水利、道路",
    AssetKind.MACHINE: "机械设备",
    AssetKind.VEHICLE: "运输工具",
    AssetKind.OTHER: "其他",
}
_CONTRACT_KINDS: dict[str, str] = {
    ContractKind.LAND: "土地发包",
    ContractKind.WATER: "水面发包",
    ContractKind.SHOP: "房屋店面出租",
    ContractKind.WORKS: "工程采购",
    ContractKind.OTHER: "其他",
}
_RESOURCE_KINDS: dict[str, str] = {
    ResourceKind.FIELD: "耕地",
    ResourceKind.FOREST: "林地",
    ResourceKind.WATER: "水面",
    ResourceKind.WASTE: "四荒地",
    ResourceKind.BUILDING_LAND: "集体建设用地",
    ResourceKind.OTHER: "其他",
}
RECEIPT_STATES: dict[str, str] = {ReceiptState.USED: "已用", ReceiptState.VOID: "作废"}
_PLAN_SIDES: dict[str, str] = {PlanSide.INCOME: "计划收入", PlanSide.EXPENSE: "计划支出"}
_MONEY, _DAY, _NUMBER, _CHOICE = Cell.MONEY, Cell.DAY, Cell.NUMBER, Cell.CHOICE

COLUMNS: dict[Register, tuple[Column, ...]] = {
    Register.ASSETS: (
        Column("code", "编号", needed=True),
        Column("name", "名称", needed=True),
        Column("kind", "类别", _CHOICE, needed=True, choices=_ASSET_KINDS),
        Column("place", "存放地点"),
        Column("keeper", "保管人"),
        Column("acquired_on", "取得日期", _DAY, needed=True),
        Column("cost_fen", "原值（元）", _MONEY, needed=True),
        Column("residual_fen", "预计净残值（元）", _MONEY, needed=True),
        Column("months", "预计使用月数", _NUMBER, needed=True, hint="不提折旧的填0"),
        Column("expense_code", "折旧记入科目", Cell.ACCOUNT, needed=True, hint="例如 513"),
        Column("opening_wear_fen", "期初累计折旧（元）", _MONEY, hint="建账以前取得的照移交数填"),
    ),
    Register.CONTRACTS: (
        Column("title", "合同名称", needed=True),
        Column("kind", "类别", _CHOICE, needed=True, choices=_CONTRACT_KINDS),
        Column("other_party", "对方", needed=True),
        Column("subject", "标的（哪块地、哪间房）"),
        Column("from_on", "从哪天起", _DAY, needed=True),
        Column("to_on", "到哪天止", _DAY, needed=True),
        Column("rent_fen", "每期租金（元）", _MONEY, needed=True, hint="没有租金的填0"),
        Column("every_months", "几个月收一次", _NUMBER, needed=True, hint="按年收的填12"),
        Column("first_due_on", "第一期应收日", _DAY, needed=True),
        Column("deposit_fen", "保证金（元）", _MONEY),
    ),
    Register.RESOURCES: (
        Column("name", "名称", needed=True),
        Column("kind", "类别", _CHOICE, needed=True, choices=_RESOURCE_KINDS),
        Column("area", "面积（亩）", Cell.HUNDREDTHS, needed=True),
        *(
            Column(f"to_{side}", f"{word}至")
            for side, word in zip(("east", "south", "west", "north"), "东南西北", strict=True)
        ),
        Column("contractor", "承包人"),
        Column("until_on", "承包到哪天", _DAY),
    ),
    Register.BOOKS: (
        Column("code", "本号", needed=True),
        Column("first_number", "起号", _NUMBER, needed=True),
        Column("last_number", "止号", _NUMBER, needed=True),
        Column("issued_to", "领用人", needed=True),
        Column("issued_on", "领用日期", _DAY, needed=True),
        Column("returned_on", "缴销日期", _DAY),
    ),
    Register.RECEIPTS: (
        Column("book_id", "收据本号", Cell.BOOK, needed=True),
        Column("number", "收据号", _NUMBER, needed=True),
        Column("state", "使用情况", _CHOICE, needed=True, choices=RECEIPT_STATES),
        Column("given_on", "开具日期", _DAY, needed=True),
        Column("payer", "交款人"),
        Column("fen", "金额（元）", _MONEY),
        Column("entry_id", "入账凭证", Cell.VOUCHER, hint="月份/号，例如 2026-03/12"),
    ),
    Register.FUNDS: (
        Column("project", "项目", needed=True),
        Column("source", "资金来源", needed=True),
        Column("document", "文号"),
        Column("granted_fen", "下达金额（元）", _MONEY, needed=True),
        Column("arrived_on", "到账日期", _DAY),
        Column("account_code", "对应科目", Cell.ACCOUNT, hint="例如 24101"),
    ),
    Register.PLAN: (
        Column("year", "年度", _NUMBER, needed=True),
        Column("side", "收支", _CHOICE, needed=True, choices=_PLAN_SIDES),
        Column("gist", "项目", needed=True),
        Column("fen", "计划金额（元）", _MONEY, needed=True),
        Column("account_code", "对应科目", Cell.ANY_ACCOUNT, hint="例如 501，填了就同实际数比"),
    ),
    Register.MEMBERS: (
        Column("name", "姓名", needed=True, is_sealed=True),
        Column("document", "证件号码", is_sealed=True, is_masked=True, hint="不改就空着"),
        Column("household", "户号"),
        Column("shares", "股份数", Cell.HUNDREDTHS, needed=True),
        Column("joined_on", "取得成员身份日期", _DAY),
    ),
    Register.DIVIDENDS: (
        Column("year", "年度", _NUMBER, needed=True),
        Column("decided_on", "成员大会决议日期", _DAY, needed=True),
        Column("per_share_fen", "每股分红（元）", _MONEY, needed=True),
        Column("note", "说明"),
    ),
}


def persons_in(register: Register, rows: int) -> int:
    """Return how many persons so many rows of a register name whole: those kept sealed."""
    names = any(one.is_sealed and not one.is_masked for one in COLUMNS[register])
    return rows if names else 0
