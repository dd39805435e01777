"""排版: the one door to the typesetter. Data goes in as JSON, never as source text.

A missing glyph is silent in the typesetter, so every character is looked up in the font first:
one that the font does not have is printed as 〓, the printer's sign for a type that is lacking.
Whoever would rather refuse asks `missing_glyphs` beforehand.
"""

import json
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from mmap import ACCESS_READ, mmap
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import manimgx_fonts_cjk
import typst

TEMPLATES = Path(__file__).parents[1] / "templates" / "print"
FONT = "Noto Sans CJK SC"
LACKING = "〓"
#: one a core of the hall's PC; more only take each other's memory
PRESSES = 2
#: what a template calls its values, and the pictures of pages it stands on
VALUES, GROUND = "values.json", "ground.pdf"
#: signs that choose between glyphs, or break lines, and are none themselves
_ASCII = bytes(range(0x80))
_NO_GLYPH_NEEDED = frozenset("\n\r\t\u2028\u2029") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to be set: its template, what it says, and where the PDF goes."""

    template: str
    #: its values as `written` makes them, in as many pieces as its maker likes to hold at a time;
    #: the template reads them from VALUES
    said: Iterable[bytes]
    out: Path
    tagged: bool = False
    #: a PDF whose pages the template may place as pictures
    ground: Path | None = None
    #: whether the template notes something as `<fitted>`: asking costs a part of the setting
    noted: bool = False


def typeset(template: str, values: Mapping[str, object], *, tagged: bool = True) -> bytes:
    """Return the PDF of `templates/print/<template>.typ` filled with `values`.

    The font is embedded, the text stays selectable.
    """
    pdf: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        sys_inputs={"values": written(values).decode()},
        pdf_tags=tagged,
        **_fonts(),
    )
    return pdf


@contextmanager
def presses(within: Path, *, few: bool = False) -> Iterator[Callable[[Sheet], Future[Any]]]:
    """Set sheets beside the caller: each in a process of its own, or `few` in a thread of this one.

    The typesetter keeps what it has seen, so a process ends with its sheet. (A number of sheets
    between these would be better, but with any but one Python 3.11's pool can wait for ever.) Who
    sets few and then ends needs no other process; the typesetter lets other threads run. What has
    not begun when the block is left never begins. Values go over as files: nobody holds them in
    memory while they are set. All of it lies `within` a folder whose keeper clears it away: it
    may name people.
    """
    with TemporaryDirectory(prefix=".press-", dir=within) as folder:
        pool = ThreadPoolExecutor(1) if few else _processes()

        def press(sheet: Sheet) -> Future[Any]:
            root = _laid_out(Path(mkdtemp(dir=folder)) / "root", sheet)
            return pool.submit(_set_in, root, replace(sheet, said=()))

        try:
            yield press
        finally:
            pool.shutdown(cancel_futures=True)


def _processes() -> Executor:
    return ProcessPoolExecutor(PRESSES, mp_context=get_context("spawn"), max_tasks_per_child=1)


def _laid_out(root: Path, sheet: Sheet) -> Path:
    """Lay beside each other all that the typesetter reads for a sheet."""
    shutil.copytree(TEMPLATES, root)
    with (root / VALUES).open("wb") as values:
        values.writelines(sheet.said)
    if sheet.ground:
        shutil.copyfile(sheet.ground, root / GROUND)
    return root


def _set_in(root: Path, sheet: Sheet) -> Any:
    """Write the PDF of a sheet; return what its template notes, where it does.

    The file has its name only when it is whole.
    """
    compiler = typst.Compiler(str(root / f"{sheet.template}.typ"), root=str(root), **_fonts())
    part = sheet.out.with_name(f".{sheet.out.name}.part")
    compiler.compile(output=str(part), format="pdf", pdf_tags=sheet.tagged)
    noted = compiler.query("<fitted>", field="value") if sheet.noted else "[null]"
    part.replace(sheet.out)
    return json.loads(noted)[0]


def written(values: Mapping[str, object]) -> bytes:
    """Return values as JSON in UTF-8, with the printer's sign for what the font lacks."""
    said = json.dumps(values, ensure_ascii=False, default=str)
    raw = said.encode()
    # most of it is the strokes of codes: every font has those signs
    lacking = missing_glyphs(raw.translate(None, _ASCII).decode())
    return said.translate(dict.fromkeys(map(ord, lacking), LACKING)).encode() if lacking else raw


def missing_glyphs(text: Iterable[str]) -> str:
    """Return the characters of `text` that the font does not have, each once."""
    return "".join(sorted(set(text) - _glyphs() - _NO_GLYPH_NEEDED))


@cache
def font_folder() -> Path:
    """Return where the bundled Noto Sans CJK lies."""
    return Path(manimgx_fonts_cjk.__file__).parent


def _fonts() -> dict[str, Any]:
    return {"font_paths": [str(font_folder())], "ignore_system_fonts": True}


@cache
def _glyphs() -> frozenset[str]:
    """Return the characters of the font, as its table of segments (cmap, format 12) lists them."""
    faces = typst.Fonts(False, False, [str(font_folder())]).fonts()
    number = next(face.index for face in faces if face.family == FONT)
    path = next(font_folder().glob("*.ttc"))
    with path.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as file:
        face = struct.unpack_from(">I", file, 12 + 4 * number)[0]
        return frozenset(map(chr, _characters(file, _table(file, face, b"cmap"))))


def _table(file: mmap, face: int, name: bytes) -> int:
    count = struct.unpack_from(">H", file, face + 4)[0]
    records = (struct.unpack_from(">4sIII", file, face + 12 + 16 * at) for at in range(count))
    return next(int(place) for tag, _, place, _ in records if tag == name)


def _characters(file: mmap, cmap: int) -> Iterator[int]:
    count = struct.unpack_from(">H", file, cmap + 2)[0]
    places = [struct.unpack_from(">HHI", file, cmap + 4 + 8 * at)[2] for at in range(count)]
    segments = next(cmap + at for at in places if file[cmap + at : cmap + at + 2] == b"\0\x0c")
    for at in range(struct.unpack_from(">I", file, segments + 12)[0]):
        first, last, _ = struct.unpack_from(">III", file, segments + 16 + 12 * at)
        yield from range(first, last + 1)
