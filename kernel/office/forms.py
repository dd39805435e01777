"""管理处的表单: what is typed at the door and about staff."""

from flask import request

from kernel.access import Role
from kernel.errors import InvalidInput
from kernel.staff.actions import Account, Login
from kernel.text import checked_name, checked_text
from kernel.web.devices import known_device

LOOPBACK = frozenset({"127.0.0.1", "::1"})


class UnfitUsername(InvalidInput):
    message = "账号只用字母、数字和下划线，例如 wang_fang。"


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


def roles() -> frozenset[Role]:
    """Read the ticked roles, ignoring names that are none."""
    ticked = set(request.form.getlist("roles"))
    return frozenset(role for role in Role if role.value in ticked)
