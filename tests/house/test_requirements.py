"""House rule: what is installed is named to the byte, and from wherever the hall gets it."""

import re

import pytest

from tests.house.tree import ROOT

REQUIREMENTS = ROOT / "requirements"
LOCKS = ("run.txt", "test.txt")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z,]+\])?==(?P<version>\S+)", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
ADDRESS = re.compile(r"https?:|file:|//|--(extra-)?index|--find-links|--trusted-host|^-[if]\b")


def requirements(lock: str) -> list[str]:
    """Return the entries of a lock file, each with its continued lines, comments left out."""
    text = (REQUIREMENTS / lock).read_text("utf-8").replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def pins(lock: str) -> dict[str, str]:
    """Return name and version of everything a lock file installs."""
    found = (PIN.match(entry) for entry in requirements(lock))
    return {pin["name"].lower(): pin["version"] for pin in found if pin}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    loose = [one for one in requirements(lock) if not PIN.match(one) or not HASH.search(one)]
    assert loose == [], "\n".join(loose)


@pytest.mark.parametrize("name", [*LOCKS, "run.in", "test.in"])
def test_no_requirement_says_where_it_comes_from(name: str) -> None:
    lines = (REQUIREMENTS / name).read_text("utf-8").splitlines()
    assert [line for line in lines if ADDRESS.search(line)] == []


def test_the_tests_run_against_what_the_hall_runs() -> None:
    assert "-r run.in" in (REQUIREMENTS / "test.in").read_text("utf-8").splitlines()
    assert pins("run.txt").items() <= pins("test.txt").items()


@pytest.mark.parametrize("kind", ["run", "test"])
def test_what_is_asked_for_is_locked(kind: str) -> None:
    wanted = (REQUIREMENTS / f"{kind}.in").read_text("utf-8").splitlines()
    names = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in wanted if line[:1] not in "#-"}
    assert names <= set(pins(f"{kind}.txt"))
