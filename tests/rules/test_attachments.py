"""扫描件: told by what is inside, without what a phone writes beside it, and nothing that runs."""

import struct
import zlib

import pytest

from desk.cases.rules.attachments import (
    ActiveFile,
    AttachedTo,
    PurposeNeeded,
    TitleNeeded,
    TooMany,
    check_purpose,
    check_room,
    file_name,
    read_scan,
)
from services_catalog.rules.uploads import MOST_BYTES, BrokenFile, FileTooBig, NoFile, UnknownFile
from tests.pictures import chunk, segment

PDF = b"%%PDF-1.4\n1 0 obj<</Type/Catalog%s>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
FRAME = b"\xff\xc0\x00\x0b\x08\x00\x40\x00\x40\x01\x01\x11\x00"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34\xff\xd9"


def cleaned(content: bytes) -> bytes:
    return read_scan(AttachedTo.MATERIAL, "申请表", content).content


def exif(order: bytes, side: int) -> bytes:
    """Return what a phone writes: which side is up, and where it was."""
    form = "<" if order == b"II" else ">"
    entries = struct.pack(f"{form}HHIHH", 0x0112, 3, 1, side, 0)
    place = struct.pack(f"{form}HHII", 0x8825, 4, 1, 38)
    tiff = order + struct.pack(f"{form}HIH", 42, 8, 2) + place + entries + b"\0" * 4
    return segment(0xE1, b"Exif\0\0" + tiff + b"E116.30")


@pytest.mark.parametrize("order", [b"II", b"MM"])
def test_a_photo_keeps_which_side_is_up_and_not_where_it_was(order: bytes) -> None:
    jpeg = b"\xff\xd8" + exif(order, 6) + segment(0xFE, b"comment") + FRAME + SCAN
    kept = cleaned(jpeg)
    assert b"E116.30" not in kept
    assert b"comment" not in kept
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept
    assert cleaned(kept) == kept


def test_what_hangs_behind_a_picture_is_left_off() -> None:
    jpeg = b"\xff\xd8" + FRAME + SCAN
    assert cleaned(jpeg + b"PK\x03\x04 a zip") == jpeg


def test_a_png_keeps_the_picture_and_no_words() -> None:
    begins = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 64) * 64)) + chunk(b"IEND", b"")
    assert cleaned(begins + chunk(b"tEXt", b"Author\0somebody") + body) == begins + body
    with pytest.raises(BrokenFile):
        cleaned(begins + chunk(b"tEXt", b"x")[:-1] + b"\0" + body)


@pytest.mark.parametrize(
    "inside",
    [
        b"/JS(app.alert)",
        b"/J#61vaScript 3 0 R",
        b"/Names<</EmbeddedFiles 4 0 R>>",
        b"/S/Launch",
    ],
)
def test_a_pdf_that_would_do_something_is_refused(inside: bytes) -> None:
    with pytest.raises(ActiveFile):
        cleaned(PDF % inside)


def test_a_pdf_that_only_lies_there_is_kept_as_it_is() -> None:
    still = PDF % b"/Lang(zh)/JSomething 1/OpenAction[3 0 R/FitH null]"
    assert cleaned(still) == still
    picture = PDF % b">>\nstream\n\x01/JS \x02/Launch \nendstream<<"
    assert cleaned(picture) == picture


def test_what_a_pdf_packs_away_is_looked_at_too() -> None:
    packed = zlib.compress(b"<</S/JavaScript/JS(app.alert)>>")
    with pytest.raises(ActiveFile):
        cleaned(PDF % (b"/Type/ObjStm>>\nstream\n" + packed + b"\nendstream<<"))
    with pytest.raises(BrokenFile):
        cleaned(PDF % b"/Type/ObjStm>>\nstream\nnot packed\nendstream<<")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoFile),
        (b"MZ\x90\x00", UnknownFile),
        (b"<svg onload=alert(1)>", UnknownFile),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, BrokenFile),
        (b"%PDF-1.4" + b" " * MOST_BYTES, FileTooBig),
    ],
)
def test_anything_else_is_refused_with_a_sentence(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        cleaned(content)


def test_a_file_is_handed_out_as_what_it_is() -> None:
    assert file_name("Z26-00001-4", "../申请/表\r\n", "image/png") == "Z26-00001-4-申请表.png"


def test_nothing_is_kept_without_a_title_shown_without_a_purpose_or_piled_up() -> None:
    with pytest.raises(TitleNeeded):
        read_scan(AttachedTo.OTHER, "", PDF)
    with pytest.raises(PurposeNeeded):
        check_purpose("看看")
    with pytest.raises(TooMany):
        check_room(40)
