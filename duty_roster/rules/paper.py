"""值班表上纸的字: titles of the sheets and of a calendar."""

from datetime import date

from duty_roster.rules.sheets import period


def sheet_title(town: str, first: date, last: date, *, is_month: bool) -> str:
    """Return the title of a month's sheet, or of a holiday's."""
    if is_month:
        return f"{town}{first.year}年{first.month}月领导带班值班表"
    return f"{town}节假日值班表（{period(first, last)}）"


def calendar_name(name: str) -> str:
    """Return what somebody's calendar is called on their phone."""
    return f"{name}的值班"
