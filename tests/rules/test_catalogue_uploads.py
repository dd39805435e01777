"""空白表格与样表: a file is what is inside it, whatever its name says."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import Refusal
from services_catalog.rules.items import FormKind
from services_catalog.rules.uploads import (
    JPEG,
    MOST_BYTES,
    PDF,
    PNG,
    BrokenFile,
    FileTooBig,
    NoFile,
    OddPicture,
    UnknownFile,
    Upload,
    media_type_of,
)

A_PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def png(width: int = 64, height: int = 64) -> bytes:
    """Return a white picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 64, height: int = 64) -> bytes:
    """Return the frame of a picture."""
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + jfif + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(A_PDF, PDF), (png(), PNG), (jpeg(), JPEG), (jpeg(3000, 2000), JPEG)],
)
def test_the_content_says_what_it_is(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", NoFile),
        (b"<html><script>alert(1)</script>", UnknownFile),
        (b"GIF89a", UnknownFile),
        (b"PK\x03\x04", UnknownFile),
        (b" " + A_PDF, UnknownFile),
        (A_PDF[:20], BrokenFile),
        (png()[:-4], BrokenFile),
        (jpeg()[:-2], BrokenFile),
        (jpeg()[:12], BrokenFile),
        (png(1, 1), OddPicture),
        (png(10_000, 10_000), OddPicture),
        (png(0xFFFFFFFF, 64), OddPicture),
        (jpeg(65_535, 65_535), OddPicture),
        (A_PDF[:-6] + b"x" * MOST_BYTES + b"%%EOF", FileTooBig),
    ],
)
def test_anything_else_is_refused_in_words(content: bytes, why: type[Refusal]) -> None:
    with pytest.raises(why):
        media_type_of(content)


@settings(max_examples=40)
@given(st.sampled_from([b"\xff\xd8\xff", b"%PDF-1.4", png()[:16]]), st.binary(max_size=300))
def test_no_bytes_break_the_reader(start: bytes, rest: bytes) -> None:
    try:
        media_type_of(start + rest)
    except Refusal as no:
        assert no.status == 422


def test_it_is_handed_out_under_what_it_is() -> None:
    assert Upload("申请书/<甲>\n", FormKind.BLANK, PDF, b"").file_name == "申请书甲-空白表格.pdf"
