"""空白表格与填写样表: which files may be hung beside a material, told by what is inside them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kernel.errors import Refusal
from services_catalog.rules.items import FORM_NAMES, FormKind

MOST_BYTES = 2 * 1024 * 1024
#: pixels: less is an accident, more is a decompression bomb or a poster
SIDES = range(16, 10_001)
MOST_PIXELS = 40_000_000
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
ENDINGS = {PDF: "pdf", PNG: "png", JPEG: "jpg"}
#: shown in the page's own tab; everything else is handed over as a file
SHOWN_INLINE = frozenset({PNG, JPEG})
_PNG_BEGINS, _PNG_ENDS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"
_PDF_BEGINS = re.compile(rb"%PDF-[12]\.\d")
#: where the end mark of a PDF has to be
_TAIL = 2048
#: JPEG: frame headers hold the size; C4, C8 and CC are other things
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_NOT_IN_NAMES = re.compile(r"[^\w（）()·-]+")
LONGEST_NAME = 60


class NoFile(Refusal):
    message = "请先选择文件。"
    status = 422
    field = "file"


class FileTooBig(Refusal):
    message = "文件有{size}，最大2MB；请用“另存为”缩小，或扫描时调低分辨率。"
    status = 422
    field = "file"


class UnknownFile(Refusal):
    message = "只收PDF、PNG、JPG三种文件；Word文件请先另存为PDF。"
    status = 422
    field = "file"


class BrokenFile(Refusal):
    message = "这个文件不完整，打不开；请重新扫描或另存后再上传。"
    status = 422
    field = "file"


class OddPicture(Refusal):
    message = "图片是{width}×{height}像素，太小看不清或太大打不开；请用200dpi左右重新扫描。"
    status = 422
    field = "file"


class NoSuchMaterial(Refusal):
    message = "材料清单里没有“{name}”，可能刚刚改过名称，请刷新后再上传。"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be hung beside a material."""

    material_name: str
    kind: FormKind
    media_type: str
    content: bytes

    @property
    def file_name(self) -> str:
        """Return the name it is handed out under: what it is, not what somebody's disk said."""
        plain = _NOT_IN_NAMES.sub("", self.material_name)[:LONGEST_NAME]
        return f"{plain}-{FORM_NAMES[self.kind]}.{ENDINGS[self.media_type]}"


def media_type_of(content: bytes) -> str:
    """Return what a file is, by its content.

    Raises: NoFile, FileTooBig, UnknownFile, BrokenFile, OddPicture.
    """
    if not content:
        raise NoFile
    if len(content) > MOST_BYTES:
        raise FileTooBig(size=f"{len(content) / 1024 / 1024:.1f}MB")
    for media_type, (begins, check) in _KINDS.items():
        if begins(content):
            check(content)
            return media_type
    raise UnknownFile


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_TAIL:]:
        raise BrokenFile


def _check_png(content: bytes) -> None:
    if not content.endswith(_PNG_ENDS) or len(content) < 45:
        raise BrokenFile
    _check_size(int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))


def _check_jpeg(content: bytes) -> None:
    """Walk the segments to the frame header; the picture's data has to follow, and an end."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind in _FRAMES:
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            if b"\xff\xd9" not in content[-_TAIL:]:
                raise BrokenFile
            return _check_size(width, height)
        at += 1 if kind == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise BrokenFile


def _check_size(width: int, height: int) -> None:
    if width not in SIDES or height not in SIDES or width * height > MOST_PIXELS:
        raise OddPicture(width=width, height=height)


_KINDS: dict[str, tuple[Callable[[bytes], object], Callable[[bytes], None]]] = {
    PDF: (_PDF_BEGINS.match, _check_pdf),
    PNG: (lambda content: content.startswith(_PNG_BEGINS), _check_png),
    JPEG: (lambda content: content.startswith(b"\xff\xd8\xff"), _check_jpeg),
}
