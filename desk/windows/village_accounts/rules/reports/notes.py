"""附注: what belongs to the statements in words, and what their sums are made of.

Source: 财会〔2023〕14号 (会计报表附注); practice 26.
"""

from collections.abc import Iterator, Mapping, Sequence

from desk.windows.village_accounts.rules.reports.figures import Figure, grouped
from desk.windows.village_accounts.rules.reports.tables import (
    Cell,
    Column,
    Row,
    Table,
    Weight,
    text,
)

#: what is said before any figure
SAID = (
    ("一、遵循的会计制度", "按照财会〔2023〕14号《农村集体经济组织会计制度》记账和编制报表。"),
    ("二、会计期间和计量", "会计年度为公历1月1日至12月31日，借贷记账，以人民币元为单位。"),
)
#: what the sums are made of: heading, codes of the accounts
SECTIONS = (
    ("三、货币资金", ("101", "102")),
    ("四、应收、应付和内部往来", ("112", "113", "211", "221")),
    ("五、固定资产和在建工程", ("151", "152", "153")),
    ("六、一事一议资金和专项应付款", ("231", "241")),
    ("七、资本和公积公益金", ("301", "311")),
)
REST = ("八、其他需要说明的事项", "（担保、未决诉讼、接受捐赠等，由村填写；没有写“无”。）")
NOTHING = "没有余额"


def notes(of_year: Sequence[Figure], names: Mapping[str, str]) -> Table:
    """Set out the notes of a year: balances at the end and at the start, credit as negative."""
    rows = [*_words(SAID)]
    for heading, codes in SECTIONS:
        rows.append(Row(text(heading, "", "", ""), Weight.TOTAL))
        rows += _section(of_year, {one: name for one, name in names.items() if one[:3] in codes})
    rows += _words([REST])
    heads = [Column("项目", is_number=False), Column("说明", is_number=False)]
    return Table([*heads, Column("期末（借方为正）"), Column("年初（借方为正）")], rows)


def _words(said: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for heading, words in said:
        yield Row(text(heading, "", "", ""), Weight.TOTAL)
        yield Row(text("", words, "", ""))


def _section(of_year: Sequence[Figure], names: dict[str, str]) -> list[Row]:
    found = [one for one in grouped(of_year, names) if one.before or one.after]
    rows = []
    for one in found:
        account = one.code if one.set_id else ""
        line = "" if one.set_id else one.code
        name = Cell(one.name, None, account, one.set_id, line)
        rows.append(Row([Cell(one.code), name, Cell(fen=one.after), Cell(fen=one.before)]))
    return rows or [Row(text("", NOTHING, "", ""))]
