"""照片与日历: a picture without where it was taken; lines that every calendar can read."""

import struct
import zlib

import pytest

from duty_roster.rules.photos import (
    JPEG,
    PNG,
    NoPhoto,
    NotAPhoto,
    OddPhoto,
    PhotoTooBig,
    read_photo,
)
from duty_roster.rules.settings import check_hours, read_count, read_time
from kernel.errors import Refusal
from tests.pictures import chunk, segment

SECRET = b"31.2304N 121.4737E"


def png(width: int = 200, height: int = 250) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * min(height, 400)))
    said = chunk(b"tEXt", b"Location\0" + SECRET) + chunk(b"eXIf", SECRET)
    return b"\x89PNG\r\n\x1a\n" + header + said + body + chunk(b"IEND", b"")


def jpeg(width: int = 200, height: int = 250) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    parts = [segment(0xE0, b"JFIF\0"), segment(0xE1, b"Exif\0\0" + SECRET), segment(0xFE, SECRET)]
    return b"".join(
        [b"\xff\xd8", *parts, segment(0xC0, frame), segment(0xDA, b"\1"), b"\x12\x34\xff\xd9"]
    )


@pytest.mark.parametrize(("content", "kind"), [(png(), PNG), (jpeg(), JPEG)])
def test_a_photo_loses_where_it_was_taken_and_nothing_else(content: bytes, kind: str) -> None:
    assert SECRET in content
    photo = read_photo(content + b"<?php")
    assert photo.media_type == kind
    assert SECRET not in photo.content
    assert b"<?php" not in photo.content
    assert read_photo(photo.content) == photo


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoPhoto),
        (b"<svg onload='x'>", NotAPhoto),
        (b"%PDF-1.4", NotAPhoto),
        (png()[:-20], NotAPhoto),
        (jpeg()[:-2], NotAPhoto),
        (jpeg()[:30], NotAPhoto),
        (png().replace(b"\x08\0\0\0\0", b"\x08\2\0\0\0", 1), NotAPhoto),
        (b"\xff\xd8\xff\xe0\0\0", NotAPhoto),
        (png(100, 100), OddPhoto),
        (png(30_000, 30_000), OddPhoto),
        (jpeg(159, 200), OddPhoto),
        (b"\x89PNG" + b"x" * 400_000, PhotoTooBig),
    ],
)
def test_what_is_no_photo_is_refused_in_words(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_photo(content)


@pytest.mark.parametrize("typed", ["24:00", "8", "8:60", "-1:00", "八点", ""])
def test_a_time_of_day_is_one(typed: str) -> None:
    with pytest.raises(Refusal):
        read_time(typed)


@pytest.mark.parametrize("typed", ["0", "7", "x", "", "１", "1.5", "99999"])
def test_officers_are_one_to_six(typed: str) -> None:
    with pytest.raises(Refusal):
        read_count(typed, range(1, 7))


def test_the_night_begins_after_the_day() -> None:
    check_hours(read_time("8:00"), read_time("17：30"))
    with pytest.raises(Refusal):
        check_hours(read_time("8:00"), read_time("08:00"))
