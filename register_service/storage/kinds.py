"""What a file is, told by its content: its beginning, and whether it ends where a file of that kind ends.

The name and the Content-Type that came with it count for nothing. A file that two programs would read as two things is refused.
"""

import re
import struct
from typing import Final, NamedTuple

import puremagic

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
MEDIATYPES: Final = (PDF, PNG, JPEG)
# Bytes of the beginning and of the end that are looked at: the last record of a ZIP is 22 bytes and a comment of up to 64 KB.
HEAD: Final = 8 * 1024
TAIL: Final = 22 + 65_535

_PADDING: Final = b"\0\t\n\f\r "
# A reader of PDF takes a file for one when this stands anywhere in its first 1,024 bytes.
_PDF_ANYWHERE: Final = 1024
_PDF_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF\Z")
_PNG_END: Final = b"\0\0\0\0IEND\xaeB`\x82"
_JPEG_END: Final = b"\xff\xd9"
_ZIP_END: Final = b"PK\x05\x06"
_ZIP64_END: Final = b"PK\x06\x07"
_ZIP_DIRECTORY: Final = b"PK\x01\x02"


class Ends(NamedTuple):
    """The beginning and the end of a file of `size` bytes; of a small one they overlap."""

    head: bytes
    tail: bytes
    size: int


def mediatype_of(head: bytes) -> str | None:
    """Give the mediatype of a file that begins so; None for anything but PDF, PNG and JPEG."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    best = {match.mime_type for match in found if match.confidence == found[0].confidence}
    return next((kind for kind in MEDIATYPES if kind in best), None)


def is_whole(mediatype: str, ends: Ends) -> bool:
    """Tell whether a file ends as one of its kind does: neither cut off nor followed by something else."""
    if mediatype == PNG:
        return ends.tail.endswith(_PNG_END)
    tail = ends.tail.rstrip(_PADDING)
    if mediatype == PDF:
        return _PDF_END.search(tail[-1024:]) is not None
    return tail.endswith(_JPEG_END) or _has_samsung_trailer(tail)


def is_two_things(mediatype: str, ends: Ends) -> bool:
    """Tell whether a file can also be opened as a PDF, or as a ZIP and all that is one (Word, Excel, Java)."""
    return (mediatype != PDF and b"%PDF-" in ends.head[:_PDF_ANYWHERE]) or _is_zip(ends)


def _is_zip(ends: Ends) -> bool:
    start = ends.tail.find(_ZIP_END)
    while start >= 0:
        if _has_directory(ends, start):
            return True
        start = ends.tail.find(_ZIP_END, start + 1)
    return False


def _has_directory(ends: Ends, end: int) -> bool:
    # Programs look for the last record from the end backwards and take much for granted; but before it must be its directory.
    record = ends.tail[end : end + 22]
    if len(record) < 22 or ends.tail[end - 20 : end - 16] == _ZIP64_END:
        return len(record) == 22
    entries, length = struct.unpack("<HI", record[10:16])
    first = end - length
    if first < 0:  # it begins before what we have of the file, or there is none
        return bool(entries) and ends.size - len(ends.tail) + first >= 0
    return bool(entries) and ends.tail[first:].startswith(_ZIP_DIRECTORY)


def _has_samsung_trailer(tail: bytes) -> bool:
    # Their cameras write notes of their own behind every photo: ... SEFH, a list, its length, SEFT.
    if not tail.endswith(b"SEFT") or len(tail) < 8:
        return False
    length = struct.unpack("<I", tail[-8:-4])[0]
    return tail[-8 - length : -8].startswith(b"SEFH") if length <= len(tail) - 8 else False
