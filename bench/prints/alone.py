"""只有排版: what the floors do, in a process that knows nothing of this house but its templates."""

import json
import sys
from pathlib import Path
from time import perf_counter

import manimgx_fonts_cjk
import typst

FONTS = str(Path(manimgx_fonts_cjk.__file__).parent)


def compile_alone(root: Path, template: str, values: Path, out: Path, *, tagged: bool) -> None:
    typst.compile(
        str(root / template),
        output=str(out),
        root=str(root),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"values": values.read_text("utf-8")},
        pdf_tags=tagged,
    )


def main(root: Path, jobs: list[list[str]]) -> None:
    begun = perf_counter()
    for template, values, out in jobs:
        compile_alone(root, template, root / values, root / out, tagged=template.startswith("hand"))
    print(perf_counter() - begun)


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
