"""守约: what a piece of chaos must have found: no promise broken, and a control that was."""

from bench.chaos.verdicts import Verdict

SEED = 20261122


def assert_kept(verdict: Verdict) -> None:
    """Look at a verdict and at its control."""
    print(verdict.words)
    assert verdict.control > 0, "a check that cannot fail proves nothing"
    assert not any(verdict.breaches.values()), verdict.words
