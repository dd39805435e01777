"""扫描件: which files may be kept with a case, and what is taken out of them first.

Told by what is inside, never by a name; kept without what a phone writes beside a picture, and
without anything a reader could run. Source: PIPL §6; ITU-T T.81, W3C PNG, ISO 32000-1 §12.6.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Refusal
from services_catalog.rules.uploads import (
    ENDINGS,
    JPEG,
    MOST_BYTES,
    PDF,
    PNG,
    BrokenFile,
    media_type_of,
)

__all__ = ["MOST_BYTES", "ScannedPaper"]

#: more than anybody scans for one case
MOST_PIECES = 40
TITLE_LIMIT = 60
#: what files are asked to be shown for, so that the record says it
PURPOSES = ("核对材料", "办理此件", "群众要求复印", "监督检查")
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})
#: JFIF's and Adobe's own segments: without them the colours are wrong
_APPS_KEPT = frozenset({0xE0, 0xEE})
_COMMENT, _SCAN, _EXIF = 0xFE, 0xDA, 0xE1
_ORIENTATION = 0x0112
#: what a PDF does by itself, or carries inside; where it opens is harmless
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)\b"
)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
#: how far before a stream its dictionary says that it holds further objects
_BEFORE, _MOST_OBJECTS = 400, 8 * 1024 * 1024
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NOT_IN_NAMES = re.compile(r"[^\w（）()·-]+")


class AttachedTo(StrEnum):
    """What a scanned paper belongs to."""

    MATERIAL = "material"  # 申请材料
    PLEDGE = "pledge"  # 签名的容缺承诺书
    HAND_OVER = "hand_over"  # 交接单
    DELIVERY_PROOF = "delivery_proof"  # 送达回证
    PAPER_SLIP = "paper_slip"  # 停电手写单
    OTHER = "other"  # 其他


ATTACHED_NAMES = {
    AttachedTo.MATERIAL: "申请材料",
    AttachedTo.PLEDGE: "签名的容缺承诺书",
    AttachedTo.HAND_OVER: "材料交接单",
    AttachedTo.DELIVERY_PROOF: "送达回证",
    AttachedTo.PAPER_SLIP: "停电手写单",
    AttachedTo.OTHER: "其他",
}


class ActiveFile(Refusal):
    message = "这个PDF里带有脚本、附件或自动动作，不能收；请打印后重新扫描，或另存为普通PDF。"
    status = 422
    field = "file"


class TitleNeeded(Refusal):
    message = "请写明这是什么，例如“身份证复印件”。"
    status = 422
    field = "title"


class TooMany(Refusal):
    message = f"一件最多存{MOST_PIECES}份扫描件；请把几页合成一个PDF再传。"
    field = "file"


class PurposeNeeded(Refusal):
    message = "请选择查看的用途；查看扫描件会留下记录。"
    status = 422
    field = "purpose"


class TakenAway(Refusal):
    message = "这份扫描件已经撤下，不能再看。"
    status = 404


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """A file fit to be kept."""

    attached_to: AttachedTo
    title: str
    media_type: str
    content: bytes


def read_scan(attached_to: AttachedTo, title: str, content: bytes) -> ScannedPaper:
    """Return a file without what does not belong in it.

    Raises: TitleNeeded, NoFile, FileTooBig, UnknownFile, BrokenFile, OddPicture, ActiveFile.
    """
    if not title:
        raise TitleNeeded
    media_type = media_type_of(content)
    return ScannedPaper(attached_to, title, media_type, _CLEANED[media_type](content))


def file_name(number: str, title: str, media_type: str) -> str:
    """Return the name a file is handed out under: what it is, not what somebody's disk said."""
    plain = _NOT_IN_NAMES.sub("", title)[:TITLE_LIMIT]
    return f"{number}-{plain}.{ENDINGS[media_type]}"


def check_purpose(purpose: str) -> None:
    """Refuse to show a file for nothing."""
    if purpose not in PURPOSES:
        raise PurposeNeeded


def check_room(kept: int) -> None:
    """Refuse more files than a case can have."""
    if kept >= MOST_PIECES:
        raise TooMany


def attached_line(title: str) -> str:
    """Return the staff's line about a paper that was scanned in."""
    return f"已存扫描件：{title}"


def removed_line(title: str, reason: str) -> str:
    """Return the staff's line about a paper that was taken away."""
    return f"已撤下扫描件：{title}（{reason}）"


def place_of(uuid: str) -> str:
    """Return what binds a sealed file to its place."""
    return f"attachment|content|{uuid}"


def _still_pdf(content: bytes) -> bytes:
    for part in _objects(content):
        if _ACTIVE.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)):
            raise ActiveFile
    return content


def _objects(content: bytes) -> Iterator[bytes]:
    """Yield where a PDF's objects stand: beside its streams, and packed into some of them.

    A picture's own bytes spell anything sooner or later, so they are not looked at.
    """
    yield _STREAM.sub(b"", content)
    for found in _STREAM.finditer(content):
        if b"/ObjStm" in content[max(0, found.start() - _BEFORE) : found.start()]:
            try:
                yield zlib.decompressobj().decompress(found[1], _MOST_OBJECTS)
            except zlib.error as broken:
                raise BrokenFile from broken


def _plain_png(content: bytes) -> bytes:
    kept, at = [_PNG_BEGINS], len(_PNG_BEGINS)
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(
            chunk[-4:], "big"
        ):
            break
        if kind in _PNG_KEPT:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
        at += 12 + length
    raise BrokenFile


def _plain_jpeg(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        segment = content[at : at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")]
        if kind == _SCAN:
            end = content.rfind(b"\xff\xd9")
            return b"".join([*kept, content[at : end + 2]])
        if kind == _EXIF:
            kept.append(_upright(segment))
        elif kind != _COMMENT and (kind not in range(0xE0, 0xF0) or kind in _APPS_KEPT):
            kept.append(segment)
        at += 1 if kind == 0xFF else len(segment)
    raise BrokenFile


def _upright(exif: bytes) -> bytes:
    """Return an EXIF segment that says which side is up, and nothing else; or none at all."""
    tiff = exif[10:]
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if not exif[4:].startswith(b"Exif\0\0") or order is None:
        return b""

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(number(first, 2), 64), 12):
        if number(entry, 2) == _ORIENTATION and 1 <= number(entry + 8, 2) <= 8:
            side = number(entry + 8, 2).to_bytes(2, "big")
            told = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + side + b"\0" * 6
            return b"\xff\xe1" + (len(told) + 8).to_bytes(2, "big") + b"Exif\0\0" + told
    return b""


_CLEANED = {PDF: _still_pdf, PNG: _plain_png, JPEG: _plain_jpeg}
