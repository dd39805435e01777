"""排队写: threads that write at once take turns; who raises lets the next one through."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kernel.turnstile import Turnstile


def test_nobody_is_inside_together(tmp_path: Path) -> None:
    lines = [Turnstile(tmp_path / "turn") for _ in range(4)]  # as four processes would open it
    inside, most = 0, 0

    def enter(line: Turnstile) -> None:
        nonlocal inside, most
        for _ in range(50):
            with line.passed():
                inside += 1
                most = max(most, inside)
                inside -= 1

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(enter, lines * 2))
    assert most == 1


def test_who_fails_inside_leaves_the_turnstile_open(tmp_path: Path) -> None:
    line = Turnstile(tmp_path / "turn")
    with pytest.raises(ZeroDivisionError), line.passed():
        raise ZeroDivisionError
    entered = []
    with line.passed():
        entered.append("next")
    assert entered == ["next"]
