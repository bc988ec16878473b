"""Files of every kind, made by hand: whole ones, broken ones, and ones that are two things at once."""

import io
import random
import struct
import zipfile
import zlib


def pdf(filling: bytes = b"") -> bytes:
    """Make a PDF of one empty page, with `filling` in a stream of its own."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(filling), filling),
    ]
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end


def pdf_of(size: int, seed: int = 0) -> bytes:
    """Make a PDF of exactly `size` bytes that does not compress."""
    filling = random.Random(seed).randbytes(size - len(pdf()) - 32)
    short = size - len(pdf(filling))
    whole = pdf(filling + b"\0" * short)
    assert len(whole) == size
    return whole


def png(text: bytes = b"") -> bytes:
    """Make a PNG of one pixel, with a comment when there is text."""
    comment = _chunk(b"tEXt", b"Comment\0" + text) if text else b""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + comment + _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"")


def jpeg(
    *, segment: bytes = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00", after: bytes = b""
) -> bytes:
    """Make what begins and ends as a JPEG, with its first segment, and something after its end."""
    scan = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00" + b"\x7f" * 64
    return b"\xff\xd8" + segment + scan + b"\xff\xd9" + after


EXIF = b"\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08"


def samsung() -> bytes:
    """Make a photo as Samsung's cameras write it, with notes of their own behind it."""
    note = b"\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1761234567890"
    entries = b"SEFH" + struct.pack("<II", 106, 1) + b"\x00\x00\x01\x0a" + struct.pack("<II", len(note) + 12, len(note))
    return jpeg(segment=EXIF, after=note + entries + struct.pack("<I", len(entries)) + b"SEFT")


def archive() -> bytes:
    """Make a ZIP."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        file.writestr("a.txt", "tekst")
    return into.getvalue()


def is_zip(content: bytes) -> bool:
    """Tell whether Python's own reader finds files in it, as in a ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return bool(file.namelist())
    except zipfile.BadZipFile:
        return False


def zip_around(whole: bytes, end: bytes) -> bytes:
    """Hide a ZIP before the end of a file: its comment is the rest of it."""
    into = io.BytesIO(whole.removesuffix(end))
    with zipfile.ZipFile(into, "a") as file:
        file.writestr("a.txt", "tekst")
        file.comment = end
    return into.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
