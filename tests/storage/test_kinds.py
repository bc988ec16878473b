"""What a file is, by its content: PDF, PNG and JPEG; whole; and one thing only."""

import pytest

from register_service.storage import kinds
from register_service.storage.kinds import HEAD, JPEG, PDF, PNG, TAIL, Ends
from tests.storage import files

WHOLE = {
    "pdf": (files.pdf(), PDF),
    "pdf without a line end": (files.pdf().rstrip(), PDF),
    "pdf with a long padding": (files.pdf() + b"\r\n\0\0\0", PDF),
    "png": (files.png(), PNG),
    "jpeg": (files.jpeg(), JPEG),
    "jpeg of a camera": (files.jpeg(segment=files.EXIF), JPEG),
    "jpeg without any segment": (files.jpeg(segment=b""), JPEG),
    "jpeg with a colour profile first": (files.jpeg(segment=b"\xff\xe2\x00\x0fICC_PROFILE\0\1"), JPEG),
    "two photos in one (MPF)": (files.jpeg(after=files.jpeg(segment=files.EXIF)), JPEG),
    "jpeg of a Samsung": (files.samsung(), JPEG),
}
OTHERS = {
    "zip": files.archive(),
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": b"GIF89a" + b"\0" * 40,
    "webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40,
    "heic": b"\0\0\0\x18ftypheic" + b"\0" * 40,
    "tiff": b"II*\0" + b"\0" * 40,
    "program": b"MZ\x90\0" + b"\0" * 60,
    "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 60,
    "text": b"Ik was op een studiedag.",
    "zeros": b"\0" * 100,
    "one byte": b"%",
    "pdf after something else": b"junk\n" + files.pdf(),
    "word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60,
}
TWO_THINGS = {
    "pdf that is a zip": files.zip_around(files.pdf(), files.pdf()[-21:]),
    "pdf with a zip in it": files.pdf(files.archive()),
    "png that is a zip": files.zip_around(files.png(), b"\0\0\0\0IEND\xaeB`\x82"),
    "jpeg that is a zip": files.zip_around(files.jpeg(), b"\xff\xd9"),
    "png with a pdf in its comment": files.png(files.pdf()),
    "jpeg with a pdf in its comment": files.jpeg(segment=b"\xff\xfe\x00\x20" + b"%PDF-1.4 padding padding padd"),
}


def ends_of(content: bytes) -> Ends:
    return Ends(content[:HEAD], content[-TAIL:], len(content))


@pytest.mark.parametrize("name", WHOLE)
def test_pdf_png_and_jpeg_are_told_by_content(name: str) -> None:
    content, mediatype = WHOLE[name]
    assert kinds.mediatype_of(content[:HEAD]) == mediatype
    assert kinds.is_whole(mediatype, ends_of(content))
    assert not kinds.is_two_things(mediatype, ends_of(content))


@pytest.mark.parametrize("name", OTHERS)
def test_anything_else_is_none_of_them(name: str) -> None:
    assert kinds.mediatype_of(OTHERS[name][:HEAD]) is None


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("left", [0.3, 0.9, 0.99])
def test_what_is_cut_off_is_not_whole(name: str, left: float) -> None:
    content, mediatype = WHOLE[name]
    content = content.rstrip(b"\0\r\n")
    cut = content[: min(int(len(content) * left), len(content) - 2)]
    assert not kinds.is_whole(mediatype, ends_of(cut))


@pytest.mark.parametrize("name", ["pdf", "png", "jpeg", "jpeg of a Samsung"])
@pytest.mark.parametrize(
    "after", [files.archive(), b"<script>", b"MZ" + b"\0" * 9 + b"!"], ids=["zip", "html", "program"]
)
def test_what_is_followed_by_something_else_is_not_whole(name: str, after: bytes) -> None:
    content, mediatype = WHOLE[name]
    assert not kinds.is_whole(mediatype, ends_of(content + after))


@pytest.mark.parametrize("name", TWO_THINGS)
def test_what_is_two_things_at_once_is_seen(name: str) -> None:
    content = TWO_THINGS[name]
    mediatype = kinds.mediatype_of(content[:HEAD])
    assert mediatype is not None
    assert files.is_zip(content) == ("zip" in name)
    assert kinds.is_whole(mediatype, ends_of(content)), "otherwise this is not what refuses it"
    assert kinds.is_two_things(mediatype, ends_of(content))


@pytest.mark.parametrize("record", [b"\0" * 40, b"\xff" * 18, b"\1" * 18, b""], ids=repr)
def test_what_looks_like_the_end_of_a_zip_does_not_make_it_one(record: bytes) -> None:
    content = files.pdf(b"PK\x05\x06" + record)
    assert not files.is_zip(content)
    assert not kinds.is_two_things(PDF, ends_of(content))
