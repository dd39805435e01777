"""管理处的表单: what is typed at the door and about staff."""

from flask import g, request

from kernel.access import Role
from kernel.errors import InvalidInput
from kernel.staff.actions import Account, Login
from kernel.staff.rules import checked_mobile
from kernel.text import checked_name, checked_text
from kernel.town.rules import directory
from kernel.web.devices import known_device
from kernel.web.fields import Typed

LOOPBACK = frozenset({"127.0.0.1", "::1"})


class UnfitUsername(InvalidInput):
    message = "账号只用字母、数字和下划线，例如 wang_fang。"
    field = "username"


class NoResult(InvalidInput):
    message = "请选择打电话的结果。"


def login() -> Login:
    """Read the login form."""
    username = request.form.get("username", "")[:64]
    address = request.remote_addr or ""
    return Login(
        username=username,
        password=request.form.get("password", "")[:256],
        code=request.form.get("code", "")[:12],
        address=address,
        device=known_device(username),
        is_local=address in LOOPBACK,
    )


def account() -> Account:
    """Read the form of a new account."""
    username = checked_text(request.form.get("username", ""), 32)
    if not username.isascii() or not username.replace("_", "").isalnum():
        raise UnfitUsername
    return Account(
        username=username,
        name=checked_name(request.form.get("name", "")),
        title=checked_text(request.form.get("title", ""), 40),
        roles=roles(),
    )


def mobile() -> str:
    """Read a work phone; nothing typed is an answer too."""
    typed = Typed()
    stored = typed.optional("mobile", checked_mobile)
    typed.finish()
    return stored or ""


def roles() -> frozenset[Role]:
    """Read the ticked roles, ignoring names that are none."""
    ticked = set(request.form.getlist("roles"))
    return frozenset(role for role in Role if role.value in ticked)


def unit(code: str = "") -> directory.UnitFacts:
    """Read the form of a unit of the directory; without `code` it is a new one."""
    typed = Typed()
    facts = directory.UnitFacts(
        code=code or typed.read("code", directory.checked_unit_code) or "",
        group=typed.read("group", directory.checked_group) or "",
        name=typed.read("name", directory.checked_name) or "",
        business=typed.text("business", directory.LONGEST_LINE),
        place=typed.text("place", directory.LONGEST_LINE),
        hours=typed.text("hours", directory.LONGEST_LINE),
        phone=typed.read("phone", directory.checked_numbers) or "",
        owner=typed.text("owner", directory.LONGEST_LINE),
    )
    typed.finish()
    return facts


def version_seen() -> int:
    """Return the version that a form was made from; 0, which is none, where it does not say."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def version_shown(version: int) -> int:
    """Return the version for a form that is shown: a refused one keeps what it was made from.

    Only who was told that somebody else changed the unit may press again over the change.
    """
    if request.method == "POST" and not isinstance(g.get("refusal"), directory.UnitChanged):
        return version_seen()
    return version


def check_result() -> directory.CheckResult:
    """Read what came of ringing a number. Raises NoResult."""
    typed = request.form.get("result", "")
    if typed not in set(directory.CheckResult):
        raise NoResult
    return directory.CheckResult(typed)
