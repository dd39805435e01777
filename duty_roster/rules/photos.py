"""照片: which pictures hang on the post plate, without what a camera writes beside them.

Where and with what a photo was taken (EXIF, XMP, comments) is nobody's business in public.
Source: PIPL §6; ITU-T T.81 (JPEG), W3C PNG.
"""

import zlib
from dataclasses import dataclass

from kernel.errors import Refusal

MOST_BYTES = 300 * 1024
SIDES = range(160, 2001)
PNG, JPEG = "image/png", "image/jpeg"
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})
#: frame headers hold the size; C4, C8 and CC are other things
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: JFIF's and Adobe's own segments: without them the colours are wrong
_APPS_KEPT = frozenset({0xE0, 0xEE})
_COMMENT, _SCAN = 0xFE, 0xDA


class NoPhoto(Refusal):
    message = "请先选择照片。"
    status = 422
    field = "photo"


class PhotoTooBig(Refusal):
    message = "照片有{size}KB，最大300KB；请用画图等工具缩小后再传。"
    status = 422
    field = "photo"


class NotAPhoto(Refusal):
    message = "这不是完整的JPG或PNG照片，请重新另存后再传。"
    status = 422
    field = "photo"


class OddPhoto(Refusal):
    message = "照片是{width}×{height}像素，每边要160到2000像素，请裁剪后再传。"
    status = 422
    field = "photo"


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture fit to be hung."""

    media_type: str
    content: bytes


def read_photo(content: bytes) -> Photo:
    """Return a picture without anything but the picture.

    Raises: NoPhoto, PhotoTooBig, NotAPhoto, OddPhoto.
    """
    if not content:
        raise NoPhoto
    if len(content) > MOST_BYTES:
        raise PhotoTooBig(size=len(content) // 1024)
    try:
        if content.startswith(_PNG_BEGINS):
            return Photo(PNG, _plain_png(content))
        if content.startswith(b"\xff\xd8\xff"):
            return Photo(JPEG, _plain_jpeg(content))
    except IndexError as cut_short:
        raise NotAPhoto from cut_short
    raise NotAPhoto


def _plain_png(content: bytes) -> bytes:
    kept, at, ended = [_PNG_BEGINS], len(_PNG_BEGINS), False
    while at < len(content) and not ended:
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(
            chunk[-4:], "big"
        ):
            raise NotAPhoto
        if at == len(_PNG_BEGINS):
            _check_size(int.from_bytes(chunk[8:12], "big"), int.from_bytes(chunk[12:16], "big"))
        if kind in _PNG_KEPT:
            kept.append(chunk)
        at, ended = at + 12 + length, kind == b"IEND"
    if not ended:
        raise NotAPhoto
    return b"".join(kept)


def _plain_jpeg(content: bytes) -> bytes:
    kept, at, has_size = [content[:2]], 2, False
    while content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        segment = content[at : at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")]
        if kind in _FRAMES:
            height, width = (int.from_bytes(segment[n : n + 2], "big") for n in (5, 7))
            _check_size(width, height)
            has_size = True
        if kind == _SCAN:
            return _with_scans(kept, content[at:], has_size=has_size)
        if kind != _COMMENT and (kind not in range(0xE0, 0xF0) or kind in _APPS_KEPT):
            kept.append(segment)
        at += max(len(segment), 2)
    raise NotAPhoto


def _with_scans(kept: list[bytes], scans: bytes, *, has_size: bool) -> bytes:
    """Return the picture up to its end mark; what hangs behind that is left off."""
    end = scans.rfind(b"\xff\xd9")
    if end < 0 or not has_size:
        raise NotAPhoto
    return b"".join([*kept, scans[: end + 2]])


def _check_size(width: int, height: int) -> None:
    if width not in SIDES or height not in SIDES:
        raise OddPhoto(width=width, height=height)
