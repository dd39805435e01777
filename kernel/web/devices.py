"""老设备: a browser that somebody has logged in from keeps tries of its own.

A stranger who guesses passwords for an account locks out strangers, not its owner.
Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

import secrets
from typing import TypedDict

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from kernel.web.house import house

DEVICE_SECONDS = 180 * 24 * 3600
#: how many accounts share one counter PC at most
MOST_OWNERS = 30


def known_device(username: str) -> str:
    """Return this browser's id if `username` has logged in from it before, else nothing."""
    device = _read()
    return device["id"] if username.strip().lower() in device["owners"] else ""


def remember_device(response: Response, username: str) -> None:
    """Note in the browser that `username` has logged in from it."""
    device = _read()
    owners = [name for name in device["owners"] if name != username][-MOST_OWNERS:]
    value = _signer().dumps({"id": device["id"], "owners": [*owners, username]})
    response.set_cookie(
        _name(),
        str(value),
        max_age=DEVICE_SECONDS,
        path="/",
        httponly=True,
        secure=house().settings.is_secure,
        samesite="Lax",
    )


class Device(TypedDict):
    """What the cookie holds."""

    id: str
    owners: list[str]


def _read() -> Device:
    try:
        found: Device = _signer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return Device(id=secrets.token_hex(8), owners=[])
    return found


def _name() -> str:
    return "__Host-device" if house().settings.is_secure else "device"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(house().database.vault.cookie_key, salt="device")
