"""排版: the one door to the typesetter. Data goes in as JSON, never as source text.

A missing glyph is silent in the typesetter, so its warnings are read and every character is
checked against the font before anything is called printed.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
import typst

TEMPLATES = Path(__file__).parents[1] / "templates" / "print"


def typeset(template: str, values: Mapping[str, object], *, tagged: bool = True) -> bytes:
    """Return the PDF of `templates/print/<template>.typ` filled with `values`.

    The font is embedded, the text stays selectable.
    """
    pdf: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values, ensure_ascii=False, default=str)},
        pdf_tags=tagged,
    )
    return pdf


@cache
def font_folder() -> Path:
    """Return where the bundled Noto Sans CJK lies."""
    return Path(manimgx_fonts_cjk.__file__).parent
