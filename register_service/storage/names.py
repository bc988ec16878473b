"""The name under which a bewijsstuk is saved: what the sender called it, as far as that is harmless wherever it is saved."""

import re
import unicodedata
from typing import Final

from register_service.storage.kinds import JPEG, PDF, PNG

LONGEST: Final = 100
_EXTENSIONS: Final = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg")}
# Not in a name anywhere: what Windows forbids, and `%`, which some browsers read as the beginning of an encoded sign.
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*%;]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.ASCII)
_NOTHING: Final = "bewijsstuk"


def safe_name(name: str | None, mediatype: str) -> str:
    """Give a name for a file of this kind: no path, no hidden file, no invisible signs, and the extension of what it is."""
    text = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    # Categories C: control signs, marks that turn the direction of writing around, half signs; Z: spaces and line ends.
    text = "".join(" " if unicodedata.category(sign)[0] == "Z" else sign for sign in text)
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    text = " ".join(_FORBIDDEN.sub("", text).split()).strip(" .")
    extensions = _EXTENSIONS[mediatype]
    stem = next((text[: -len(end)] for end in extensions if text.lower().endswith(end)), text)
    stem = stem[:LONGEST].strip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = _NOTHING
    return stem + extensions[0]
