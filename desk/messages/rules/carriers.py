"""运营商: the carriers the house knows, and what stands in front of one abroad."""

from kernel.errors import Refusal

CONSOLE, TWILIO, ALIYUN, BY_HAND = "console", "twilio", "aliyun", "csv"
CARRIER_NAMES = {
    CONSOLE: "样板短信（只写文件，不发出）",
    TWILIO: "Twilio（境外）",
    ALIYUN: "阿里云短信",
    BY_HAND: "手工（云MAS控制台）",
}
ABROAD = frozenset({TWILIO})
ALIYUN_EXTRA = "alibabacloud-dysmsapi20170525"
#: 个人信息保护法 §36: stands in front of the switch, to be read before it is turned
LAW = (
    "国家机关处理的个人信息应当在境内存储；确需向境外提供的，应当进行安全评估"
    "（个人信息保护法第三十六条）。境外通道会把群众的手机号传到境外：没有安全评估，请不要打开。"
)


class ExtraMissing(Refusal):
    message = "选了阿里云短信，但没有装它的程序包：请先安装 {extra}，或把 DESK_SMS 改成别的通道。"


class SentenceNotRead(Refusal):
    message = "要打开境外通道，请先读上面这段话，并勾选“已完成安全评估”。"
    status = 422
    field = "assessed"
