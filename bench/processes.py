"""进程: what the living processes of a group take, as /proc tells it."""

import contextlib
import re
from pathlib import Path

_PROC = Path("/proc")
_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
_RSS = re.compile(r"^Rss:\s+(\d+) kB$", re.MULTILINE)


def members(group: int) -> list[Path]:
    """Return the living processes of a process group."""
    return [folder for folder in _PROC.glob("[0-9]*") if _is_member(folder, group)]


def memory(group: int) -> tuple[float, float]:
    """Return the group's RSS (what is shared counted each time) and PSS (shared out), in MB."""
    texts = [_text(folder / "smaps_rollup") for folder in members(group)]
    return _sum(_RSS, texts), _sum(_PSS, texts)


def _is_member(folder: Path, group: int) -> bool:
    state, _, its_group = (_text(folder / "stat").rpartition(")")[2].split() or ["Z", "", "0"])[:3]
    return state != "Z" and int(its_group) == group


def _text(file: Path) -> str:
    with contextlib.suppress(OSError):
        return file.read_text("ascii", errors="replace")
    return ""


def _sum(pattern: re.Pattern[str], texts: list[str]) -> float:
    return sum(int(kilobytes) for text in texts for kilobytes in pattern.findall(text)) / 1024
