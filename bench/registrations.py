"""登记: how many a second over HTTP, beside the same rows written by the bare driver.

A registration is the press of 受理 on a form opened beforehand, until its 303 has arrived.
"""

import shutil

from bench import bare
from bench.clients import Run, Shift, work
from bench.counter import clerks
from bench.figures import Figure, percentile
from bench.installation import Installation, sample_town
from bench.processes import processor_seconds

CLIENTS = 8
PRESSES = 150
ALONE = 400
WARM_UP = 25
AIM = 0.5
AIM_P99_MS = 50
FLOOR = "bare driver"


def figures() -> list[Figure]:
    """Measure the counter: eight clerks, one clerk, and the bare driver."""
    with sample_town() as town:
        before = town.folder / "before.db"
        shutil.copy(town.settings.database_file, before)
        with town.served() as server:
            alone, pressed, opened, busy = _presses(town, server.pid)
        floor, bare_busy = bare.write(town, before, bare.written(town, CLIENTS * PRESSES))
    return [
        Figure(f"registrations, {CLIENTS} clerks", pressed.a_second, "/s", floor, FLOOR, AIM),
        Figure("the same, opening the form each time", opened.a_second, "/s", floor, FLOOR),
        Figure("processor time, form and registration", busy, "ms", bare_busy, FLOOR, at_most=True),
        *_times("one clerk alone", alone, AIM_P99_MS),
        *_times(f"one of {CLIENTS} clerks", pressed, None),
    ]


def _presses(town: Installation, server: int) -> tuple[Run, Run, Run, float]:
    """Return three runs, and the server's processor ms for a registration (form included)."""
    browsers = clerks(town.port, CLIENTS)
    work(browsers, Shift(WARM_UP, 900_000))
    alone = work(browsers[:1], Shift(ALONE, 800_000))
    before = processor_seconds(server)
    opened = work(browsers, Shift(PRESSES, 100_000, opens=True))
    busy = (processor_seconds(server) - before) * 1000 / len(opened.presses)
    return alone, work(browsers, Shift(PRESSES, 0)), opened, busy


def _times(who: str, run: Run, aim: float | None) -> list[Figure]:
    p50, p99 = (percentile(run.presses, share) * 1000 for share in (0.50, 0.99))
    return [
        Figure(f"a registration, {who}, p50", p50, "ms"),
        Figure(f"a registration, {who}, p99", p99, "ms", aim=aim, at_most=True),
    ]
