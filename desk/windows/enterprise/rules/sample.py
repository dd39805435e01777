"""示例企业: words and numbers of enterprises that do not exist; no carrier sells their phones."""

from kernel.errors import Refusal
from kernel.identity import credit_check_character

PLACE = "示例工业园{}号"
CONTACT = "示例联系人{}"
CONTACT_POST = "办公室"
PROJECT = "示例{}项目"
REASON = "示例：演示用"
LOADED = "已建好 {count} 个示例项目。"
WATER = "示例：水管要过三个村，走向谈不拢"
SILENT = "示例：专线报上去，两次催问没有回话"
PRESENT = "示例甲村、示例乙村、示例丙村、企业、示例水务公司"
PLACE_MET = "示例乡会议室"
AGREED = (("示例水务公司", "水管改走村道北侧"), ("示例三村", "各出一人到场放线"))
LINE = "示例：十千米十千伏专线"
PAID = ("示例乡财政所", "示例供电公司", "示例会议纪要")
PAID_FEN = 890_000_00
COMPLAINT = "示例：报装催了三次没有人来看现场"
BUREAU = "示例供电公司"
#: the smallest paper there is
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class NotASampleTown(Refusal):
    message = "这不是示例乡，示例项目不往真实的台账里放。"


class SampleThere(Refusal):
    message = "已经有企业在册，示例项目只放进空的台账。"


def sample_code(serial: int) -> str:
    """Return a credit code of a region that does not exist, with the right check digit."""
    first17 = f"91990101MA9{serial:06d}"
    return first17 + credit_check_character(first17)


def sample_mobile(serial: int) -> str:
    """Return a mobile number, in its stored form, of a prefix that no carrier sells."""
    return f"+86154{serial:08d}"
