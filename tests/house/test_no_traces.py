"""House rule: nothing committed tells of the machine it was made on, or of where it got things.

The words looked for are put together here, so that this file does not contain them.
"""

import re
import shutil
import subprocess

import pytest

from tests.house.tree import ROOT

FOLDERS = ("work", "root", "workspace", "builds", "home/[a-z]", "Users/[A-Za-z]")
REGISTRIES = (
    "py" + "pi",
    "python" + "hosted",
    "arti" + "factory",
    "dev" + "pi",
    "conda" + "-forge",
)
TRACES = re.compile(
    "|".join(
        (
            # a folder from the root up; not `kernel/work/`, not a part of an address
            *(rf"(?<![\w.}}/-])/{folder}[/\w]" for folder in FOLDERS),
            *(rf"\b{registry}\b" for registry in REGISTRIES),
            r"https?://[\w.-]*mirror",
            r"://[^\s/@]+:[^\s/@{]+@",
        )
    ).encode()
)


def committed() -> list[str]:
    """Return the files that git keeps."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs the git checkout that this copy was taken from")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = answer.stdout.decode().split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def test_no_committed_file_tells_of_a_machine_or_a_registry() -> None:
    found = [
        f"{name}: {trace.group().decode()}"
        for name in committed()
        for trace in TRACES.finditer((ROOT / name).read_bytes())
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("folder", ["work", "root"])
def test_a_trace_would_be_found(folder: str) -> None:
    assert TRACES.search(f"see /{folder}/notes.txt".encode())
    assert not TRACES.search(f"kernel/{folder}/rules.py".encode())
