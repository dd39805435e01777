"""公开表里的计划与资源: what the registers add to a sheet besides the books.

Source: 农经发〔2011〕13号 (财务计划, 各类资源 are two of the eight classes); practice 28.
"""

from desk.windows.village_accounts.rules.disclosure import Section, SheetLine
from desk.windows.village_accounts.rules.hiding import without_numbers


def plan_line(side: str, gist: str, fen: int) -> SheetLine:
    """Return a line of the year's plan."""
    return SheetLine(Section.PLAN, without_numbers(f"{side}：{gist}"), fen)


def resource_line(name: str, kind: str, area: str, contractor: str) -> SheetLine:
    """Return a resource: what it is, how large, and who works it."""
    worked = f"，承包人{contractor}" if contractor else ""
    return SheetLine(Section.RESOURCE, without_numbers(f"{name}（{kind}，{area}亩）{worked}"))
