"""设置: what this installation is told from outside, checked at boot and never at noon."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kernel.errors import Refusal

PREFIX = "DESK_"
CARRIERS = frozenset({"console", "twilio", "aliyun", "csv"})
#: (least, most)
RANGES = {"idle_minutes": (10, 30), "port": (1, 65535), "workers": (1, 64), "proxies": (0, 5)}


class BadSetting(Refusal):
    message = "设置 {name} 不对：{why}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations. Paths are relative to the folder."""

    var: Path = Path("var")
    #: apart from `var`, so that a copy of one is not a copy of both
    key_file: Path = Path("keys/town.key")
    #: empty: the encrypted file in `var`; else postgresql+psycopg://…
    database_url: str = ""
    schema: str = "town"
    host: str = "127.0.0.1"
    port: int = 8365
    #: what stands in QR codes and carrier callbacks
    public_url: str = "http://127.0.0.1:8365"
    tls_cert: str = ""
    tls_key: str = ""
    #: a waiver: plain http on another address than loopback; cookies lose their protection
    plain_http: bool = False
    workers: int = 2
    #: minutes a staff session may idle (10 to 30)
    idle_minutes: int = 30
    #: how many proxies of ours stand in front: only then is X-Forwarded-For believed
    proxies: int = 0
    #: the carriers in the order they are asked, with commas: console, twilio, aliyun, csv
    sms: str = "console"
    aliyun_key: str = ""
    aliyun_secret: str = field(default="", repr=False)
    twilio_account: str = ""
    twilio_token: str = field(default="", repr=False)
    twilio_from: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read DESK_* variables; refuse unknown names and impossible values."""
        known = {PREFIX + entry.name.upper(): entry.name for entry in fields(cls)}
        given = {name: value for name, value in env.items() if name.startswith(PREFIX)}
        for name in given:
            if name not in known:
                raise BadSetting(name=name, why=f"没有这个设置，可用的有 {'、'.join(known)}。")
        chosen = cls(**{known[name]: _read(name, known[name], given[name]) for name in given})
        _check(chosen)
        return chosen

    @property
    def database_file(self) -> Path:
        """Return where the encrypted database lies."""
        return self.var / "desk.db"

    @property
    def carriers(self) -> tuple[str, ...]:
        """Return the carriers in the order they are asked."""
        return tuple(name.strip() for name in self.sms.split(","))

    @property
    def is_secure(self) -> bool:
        """Say whether cookies may carry `Secure` and the `__Host-` prefix."""
        return not self.plain_http


def _read(name: str, entry: str, text: str) -> Any:
    kind = type(getattr(_DEFAULTS, entry))
    if kind is bool:
        if text not in {"0", "1"}:
            raise BadSetting(name=name, why="只能是 0 或 1。")
        return text == "1"
    try:
        return kind(text)
    except ValueError as wrong:
        raise BadSetting(name=name, why=f"“{text}”不是数字。") from wrong


def _check(chosen: Settings) -> None:
    _check_carriers(chosen)
    for name, (least, most) in RANGES.items():
        if not least <= getattr(chosen, name) <= most:
            raise BadSetting(name=PREFIX + name.upper(), why=f"只能在 {least} 到 {most} 之间。")
    if bool(chosen.tls_cert) != bool(chosen.tls_key):
        raise BadSetting(name="DESK_TLS_CERT", why="证书和它的私钥（DESK_TLS_KEY）要一起设。")
    if not _is_loopback(chosen.host) and not chosen.tls_cert and not chosen.plain_http:
        why = (
            "对外提供服务需要 TLS 证书（见 docs/operations.md）；"
            "确要不加密，请设 DESK_PLAIN_HTTP=1。"
        )
        raise BadSetting(name="DESK_HOST", why=why)


def _check_carriers(chosen: Settings) -> None:
    names = chosen.carriers
    if len(set(names)) != len(names) or not CARRIERS.issuperset(names):
        why = "只能是 console、twilio、aliyun、csv，可以写几个，用逗号隔开，先后就是顺序。"
        raise BadSetting(name="DESK_SMS", why=why)
    if "twilio" in names and not (
        chosen.twilio_account and chosen.twilio_token and chosen.twilio_from
    ):
        raise BadSetting(name="DESK_SMS", why="twilio 需要账号、令牌和发送号三项都填好。")
    if "aliyun" in names and not (chosen.aliyun_key and chosen.aliyun_secret):
        raise BadSetting(name="DESK_SMS", why="aliyun 需要 AccessKey 的两项都填好。")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_DEFAULTS = Settings()
