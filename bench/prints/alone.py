"""只有排版: what the floors do, in a process that knows nothing of this house but its templates."""

import json
import sys
from pathlib import Path

import manimgx_fonts_cjk
import typst

from bench.prints.stopwatch import timed

FONTS = str(Path(manimgx_fonts_cjk.__file__).parent)


def main() -> None:
    root = Path(sys.argv[1])
    with timed():
        for template, values, out in json.loads(sys.argv[2]):
            (root / values).replace(root / "values.json")
            _compile(root, template, root / out)


def _compile(root: Path, template: str, out: Path) -> None:
    typst.compile(
        str(root / template),
        output=str(out),
        root=str(root),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_tags=template.startswith("handbook"),
    )
