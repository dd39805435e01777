"""综合窗口的规矩: who may work here and who may look."""

from kernel.access import Role
from kernel.errors import Refusal

#: take in, note, close
WORKERS = frozenset({Role.COUNTER, Role.DIRECTOR})
#: look at lists and cases, change nothing
READERS = WORKERS | {Role.HEAD, Role.SUPERVISOR, Role.DUTY_LEADER}
REASONS_FOR_REVEAL = ("核对身份", "联系申请人", "打印文书", "更正登记")


class ItemChanged(Refusal):
    message = (
        "这个事项刚刚更新过，材料清单已换成最新的，请重新勾选材料后再提交；其他填写的内容都还在。"
    )


class ElsewhereHandled(Refusal):
    message = "这个事项在{window}办理，请引导群众到该窗口。"


class RevealReasonNeeded(Refusal):
    message = "查看完整号码要选一个用途，会留下记录。"
    status = 422
    field = "purpose"
