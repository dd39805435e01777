"""企业窗口设置查询: the town's own days for this window."""

from sqlalchemy.orm import Session

from desk.windows.enterprise.records import EnterpriseSettings

ONLY_ROW = 1


def settings(session: Session) -> EnterpriseSettings:
    """Return the window's days."""
    return session.get_one(EnterpriseSettings, ONLY_ROW)
