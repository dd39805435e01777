"""同时来的人: clerks who press at once, each a process of its own with one raw socket.

What they send is made ready beforehand, so that next to nothing of the time is theirs; they
still share the cores with the server.
"""

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from bench.browser import Browser
from bench.counter import intake, number_of

FORK = multiprocessing.get_context("fork")


class Lost(RuntimeError):
    """A registration was refused: the run measures nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one client, or all of them, did: when, and how long each press took."""

    begun: float
    ended: float
    presses: list[float]

    @property
    def a_second(self) -> float:
        """Return presses a second."""
        return len(self.presses) / (self.ended - self.begun)


@dataclass(frozen=True, slots=True)
class Shift:
    """What each clerk has to do: how many presses, for which invented people."""

    presses: int
    first: int
    #: opening the form is part of the time
    opens: bool = False


def work(browsers: Sequence[Browser], shift: Shift) -> Run:
    """Let every clerk work through the shift, all beginning at once."""
    gate, answers = FORK.Barrier(len(browsers)), FORK.SimpleQueue()
    clerks = [
        FORK.Process(target=_clerk, args=(browser, _serials(shift, place), shift, gate, answers))
        for place, browser in enumerate(browsers)
    ]
    for clerk in clerks:
        clerk.start()
    runs: list[Run | None] = [answers.get() for _ in clerks]
    for clerk in clerks:
        clerk.join()
    return _joined([run for run in runs if run is not None], len(clerks))


def _joined(runs: Sequence[Run], expected: int) -> Run:
    if len(runs) < expected:
        raise Lost
    begun, ended = min(run.begun for run in runs), max(run.ended for run in runs)
    return Run(begun, ended, [press for run in runs for press in run.presses])


def _serials(shift: Shift, place: int) -> range:
    start = shift.first + place * shift.presses
    return range(start, start + shift.presses)


def _clerk(browser: Browser, serials: range, shift: Shift, gate: Any, answers: Any) -> None:
    ready = [] if shift.opens else [intake(browser, serial) for serial in serials]
    gate.wait()
    begun, presses = perf_counter(), []
    for place, serial in enumerate(serials):
        started = perf_counter()
        press = intake(browser, serial) if shift.opens else ready[place]
        if not number_of(browser.send(press)):
            answers.put(None)
            return
        presses.append(perf_counter() - started)
    answers.put(Run(begun, perf_counter(), presses))
