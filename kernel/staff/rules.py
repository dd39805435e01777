"""账号规则: roles in words, passwords, one-time codes, how long a session lasts."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module

from kernel.access import Role
from kernel.contact import PhoneKind, parse_phone
from kernel.errors import InvalidInput, Refusal

ROLE_NAMES: dict[Role, str] = {
    Role.COUNTER: "窗口人员",
    Role.VILLAGE_CLERK: "村报账员",
    Role.REVIEWER: "审核员",
    Role.BOOKKEEPER: "记账会计",
    Role.CASHIER: "资金会计",
    Role.AGENT: "企业代办员",
    Role.ADVISER: "村咨询员",
    Role.DUTY_LEADER: "值班领导",
    Role.DIRECTOR: "中心主任",
    Role.HEAD: "单位负责人",
    Role.SUPERVISOR: "监督员",
    Role.DISCIPLINE: "纪检干部",
    Role.ADMIN: "管理员",
}
#: who may never be the same person: whoever books may not hold the money, and whoever hands out
#: accounts may not read what people report to 纪检
SEPARATE = (
    (Role.BOOKKEEPER, Role.CASHIER, "管账不管钱"),
    (Role.ADMIN, Role.DISCIPLINE, "发账号的不看举报"),
)

#: Argon2id: at least 19 MiB, 2 passes, 1 lane. Source: OWASP ASVS 5, design rule 13.
ARGON_MEMORY_KIB, ARGON_PASSES, ARGON_LANES = 19456, 2, 1
PASSWORD_LENGTH = (8, 128)
#: zxcvbn's 0 to 4; 2 means more than 10^6 guesses, with the limit on tries behind it
PASSWORD_SCORE = 2
ZXCVBN_READS = 72
#: what people in Chinese halls choose, and no list made elsewhere knows
COMMON_HERE = (
    *("便民", "便民服务", "政务服务", "政府", "乡政府", "镇政府", "办公室", "值班"),
    *("会计", "管理员", "密码", "我的密码", "我爱你", "520", "1314", "5201314", "1314520"),
    *("desk", "admin", "admin@123", "abc123", "a123456", "aa123456", "qq123456", "asd123"),
)
#: 示例乡 is also called 示例
KINDS_OF_TOWN = "乡镇街道"
#: 160 random bits, as `pyotp` writes them
_SECRET = re.compile("[A-Z2-7]{32}")
CODE_LASTS = timedelta(hours=24)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(seconds=60)
LOGIN_TRIES, LOGIN_SPAN = 10, timedelta(minutes=15)
ADDRESS_TRIES = 60
SAMPLE_PASSWORD = "shili365"


class WrongLogin(Refusal):
    message = "账号、密码或动态码不对，请重输；忘了密码请找管理员重发一次性初始码。"
    status = 422
    field = "username"


class SampleFromElsewhere(Refusal):
    message = "示例账号只能在本机登录。"
    status = 403


class CodeExpired(Refusal):
    message = "一次性初始码已过期（24小时），请找管理员重发。"
    status = 422
    field = "username"


class PasswordsDiffer(Refusal):
    message = "两次输入的密码不一样，请重新输入。"
    status = 422
    field = "again"


class SamePassword(Refusal):
    message = "新密码不能和现在的密码（或一次性初始码）一样，请换一个。"
    status = 422
    field = "password"


class WrongSecret(Refusal):
    message = "这个二维码已经失效，请扫描下面新的二维码，再填它给出的动态码。"
    status = 422
    field = "code"


class NotAMobile(InvalidInput):
    message = "工作手机要填11位手机号，才收得到催办短信；座机请登记在电话簿里。"


class UsernameTaken(Refusal):
    message = "账号“{username}”已有人用，请换一个。"
    field = "username"


class RolesClash(Refusal):
    message = "“{one}”和“{other}”不能由同一人担任（{why}），请分给两个人。"
    field = "roles"


class UnfitPassword(InvalidInput):
    """The sentence beside the field says how it is unfit."""

    field = "password"


class NoRoleChosen(InvalidInput):
    message = "请至少选一个角色。"
    field = "roles"


class LastAdministrator(Refusal):
    message = "这是最后一名管理员，停用后谁也管理不了账号；请先指定另一名管理员。"


def checked_mobile(typed: str) -> str:
    """Return a work phone as stored. Raises: NotAMobile, and as `parse_phone` does."""
    phone = parse_phone(typed)
    if phone.kind is not PhoneKind.MOBILE:
        raise NotAMobile
    return phone.stored


def check_password(password: str, local_words: Sequence[str]) -> None:
    """Refuse a password that is short, long, or soon guessed; `local_words` count as known."""
    shortest, longest = PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise UnfitPassword(sentence=f"密码要{shortest}到{longest}个字符。")
    words = {*local_words, *(word.rstrip(KINDS_OF_TOWN) for word in local_words), *COMMON_HERE}
    # their tables are big, and a process in which nobody chooses a password does without them
    spelled, guessed = import_module("pypinyin").lazy_pinyin, import_module("zxcvbn").zxcvbn
    known = sorted(words | {"".join(spelled(word)) for word in words})
    if guessed(password[:ZXCVBN_READS], user_inputs=known)["score"] < PASSWORD_SCORE:
        raise UnfitPassword(
            sentence="这个密码太容易猜（常用词、地名、人名、生日、连号都不行），请换一个。"
        )


def is_secret(typed: str) -> bool:
    """Say whether this can be a secret that we made."""
    return _SECRET.fullmatch(typed) is not None


def check_secret(secret: str) -> None:
    """Refuse a secret that we did not make."""
    if not is_secret(secret):
        raise WrongSecret


def plain_digits(typed: str) -> str:
    """Return the digits of a code as an input method writes them: full width, with spaces."""
    values = (unicodedata.decimal(character, None) for character in typed)
    return "".join(str(value) for value in values if value is not None)


def check_roles(roles: frozenset[Role]) -> None:
    """Refuse roles that one person may not hold together. Source: 会计基础工作规范 (账钱分管)."""
    if not roles:
        raise NoRoleChosen
    for one, other, why in SEPARATE:
        if {one, other} <= roles:
            raise RolesClash(one=ROLE_NAMES[one], other=ROLE_NAMES[other], why=why)


def is_over(opened_at: datetime, seen_at: datetime, now: datetime, idle: timedelta) -> bool:
    """Say whether a session has idled or lasted too long."""
    return now - seen_at > idle or now - opened_at > ABSOLUTE
