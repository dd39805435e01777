"""进程: what the living processes of a group take, as /proc tells it."""

import contextlib
import os
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


def processor_seconds(group: int) -> float:
    """Return the processor time that the group's living processes have used."""
    ticks = [int(field) for folder in members(group) for field in _stat(folder)[11:13]]
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def _is_member(folder: Path, group: int) -> bool:
    fields = _stat(folder)
    return len(fields) > 2 and fields[0] != "Z" and int(fields[2]) == group


def _stat(folder: Path) -> list[str]:
    """Return the fields of /proc/…/stat from the third on: state, parent, group …"""
    return _text(folder / "stat").rpartition(")")[2].split()


def _text(file: Path) -> str:
    with contextlib.suppress(OSError):
        return file.read_text("ascii", errors="replace")
    return ""


def _sum(pattern: re.Pattern[str], texts: list[str]) -> float:
    return sum(int(kilobytes) for text in texts for kilobytes in pattern.findall(text)) / 1024
