"""本乡的规矩: names, signature, and what a new town starts with."""

from kernel.errors import InvalidInput
from kernel.text import checked_text

HOURS = "工作日 8:30—12:00，14:00—17:30"
#: 代办: working days until the papers are at the body that accepts; a setting, not law
CARRY_DAYS = 2
SAMPLE_NAME = "示例乡"
SAMPLE_SIGNATURE = "示例乡便民中心"
SAMPLE_DUTY_PHONE = "0000-8000100"
SAMPLE_COMPLAINT_PHONE = "0000-8000365、12345"
SAMPLE_ADDRESS = "示例县示例乡示例路365号"
SIGNATURE_LENGTH = (2, 12)
KEY_ADVICE = (
    "数据库钥匙在 {key}，数据库在 {var}。两处要分开保管：请现在把钥匙另存一份到U盘或打印成"
    "恢复页锁进保险柜。钥匙丢了，数据谁也打不开，厂家也不行。"
)
FOUNDED = (
    "{name}已建立。第一位管理员账号：{username}，一次性初始码：{code}（24小时内登录并改密码）。"
)
ALREADY_FOUNDED = "这里已经是{name}了；要另建一个乡，请换一个文件夹或数据库。"
ASK_NAME = "乡镇名称"
ASK_SIGNATURE = "短信签名（不带【】）"
ASK_DUTY_PHONE = "值班电话"
ASK_COMPLAINT_PHONE = "监督投诉电话"
ASK_ADDRESS = "大厅地址"
ASK_ADMIN = "第一位管理员的姓名"
ASK_USERNAME = "管理员账号（字母数字）"
TLS_MADE = (
    "证书已生成。请把 {authority} 装到每台窗口电脑的“受信任的根证书颁发机构”，"
    "并设置 DESK_TLS_CERT={certificate}、DESK_TLS_KEY={key} 后重新启动。"
)
CHAIN_BROKEN = "审计记录从第{number}条起对不上：请保留现场，不要再写入，并报告负责人。"
CHAIN_WHOLE = "审计记录{count}条，全部相符。"
DIRECTORY_GROUPS = {
    "centre": "便民服务中心窗口",
    "township": "乡镇站所",
    "social": "社会服务",
    "district": "县级部门",
}


def hall_name(town: str) -> str:
    """Return the name of a town's hall."""
    return f"{town}便民服务中心"


def checked_signature(signature: str) -> str:
    """Return a text message signature without brackets, or refuse it.

    Source: carriers register signatures of 2 to 12 characters (domain notes on SMS).
    """
    plain = checked_text(signature).strip("【】[] ")
    shortest, longest = SIGNATURE_LENGTH
    if not shortest <= len(plain) <= longest:
        raise InvalidInput(sentence=f"短信签名要{shortest}到{longest}个字，不带括号。")
    return plain
