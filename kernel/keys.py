"""钥匙文件: where the town's key lies, apart from the database, and how it is written down."""

import os
import secrets
from pathlib import Path

from kernel.errors import Refusal
from kernel.vault import KEY_BYTES, Vault

VERSION = "township-desk-key v1"


class KeyMissing(Refusal):
    message = (
        "找不到数据库钥匙 {path}。数据库已加密，没有钥匙谁也打不开："
        "请从保管处取回钥匙副本放到该位置。"
    )


class KeyUnreadable(Refusal):
    message = "钥匙文件 {path} 的内容不对，请换用完好的副本。"


def create_key(path: Path) -> None:
    """Write a new key, readable by its owner only; never over an old one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{VERSION}\n{secrets.token_bytes(KEY_BYTES).hex()}\n")
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """Return the town's key. Raises KeyMissing, KeyUnreadable."""
    if not path.exists():
        raise KeyMissing(path=path)
    lines = path.read_text("ascii", errors="replace").split("\n")
    try:
        key = bytes.fromhex(lines[1])
    except (IndexError, ValueError) as broken:
        raise KeyUnreadable(path=path) from broken
    if lines[0] != VERSION or len(key) != KEY_BYTES:
        raise KeyUnreadable(path=path)
    return key


def open_vault(path: Path) -> Vault:
    """Return the vault that the key at `path` opens."""
    return Vault(read_key(path))
