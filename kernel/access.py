"""权限: who somebody is, and what that lets them open and query."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is trusted with."""

    COUNTER = "counter"  # 窗口人员
    VILLAGE_CLERK = "village_clerk"  # 村报账员
    REVIEWER = "reviewer"  # 审核员
    BOOKKEEPER = "bookkeeper"  # 记账会计
    CASHIER = "cashier"  # 资金会计
    AGENT = "agent"  # 企业代办员
    ADVISER = "adviser"  # 村咨询员
    DUTY_LEADER = "duty_leader"  # 值班领导
    DIRECTOR = "director"  # 中心主任
    HEAD = "head"  # 单位负责人
    SUPERVISOR = "supervisor"  # 监督员
    DISCIPLINE = "discipline"  # 纪检干部
    ADMIN = "admin"  # 管理员


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. A job or a command acts as the house itself, with `staff_id` None."""

    staff_id: int | None
    name: str
    roles: frozenset[Role] = frozenset()

    def is_any(self, *roles: Role) -> bool:
        """Say whether the actor holds one of these roles."""
        return not self.roles.isdisjoint(roles)


#: what the scheduler and the shell act as
HOUSE = Actor(staff_id=None, name="system")
EVERY_ROLE = frozenset(Role)
