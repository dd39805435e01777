"""分红清册: what each member gets by shares, to the fen.

Source: 农村集体经济组织法 (按份额分配); practice 28. Decided by the members' assembly first.
"""

HEAD = ("序号", "姓名", "户号", "股份数", "分红金额（元）", "签收")
TITLE = "{year}年度分红清册"
TOTAL = "合计"


def dividend(shares: int, per_share_fen: int) -> int:
    """Return what a member gets, half a fen upwards. Units: `shares` in hundredths."""
    return (shares * per_share_fen + 50) // 100
