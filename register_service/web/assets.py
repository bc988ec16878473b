"""The style sheets: ours and that of the theme, under names that hold a hash of what is in them, to be kept for ever.

`tools/css` makes what lies in `static`. Another theme is a file of design tokens for a class `...-theme` (docs/beheer.md).
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotFound

OWN_THEME = "voorbeeld"
_FOLDER = Path(__file__).with_name("static")
_FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: as it is, packed with gzip, and what it is. Pages are never packed: they hold secrets beside what one asked for."""

    content: bytes
    packed: bytes
    mediatype: str


@dataclass(frozen=True, slots=True)
class Assets:
    """What is served, by name; the names of the style sheets in their order; the class that the theme's tokens are given for."""

    files: dict[str, Asset]
    stylesheets: tuple[str, ...]
    theme_class: str


def read_assets(theme: str) -> Assets:
    """Read the files: `theme` is `voorbeeld`, or the path of another one's tokens. Raises OSError when it cannot be read."""
    tokens = (_FOLDER / "voorbeeld.css" if theme == OWN_THEME else Path(theme)).read_bytes()
    files, names = {}, []
    for stem, content in (("thema", tokens), ("register", (_FOLDER / "register.css").read_bytes())):
        name = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.css"
        names.append(name)
        files[name] = _asset(content, "text/css")
    files["merk.svg"] = _asset((_FOLDER / "merk.svg").read_bytes(), "image/svg+xml")
    found = re.search(rb"\.([\w-]+-theme)\b", tokens)
    return Assets(files, tuple(names), found[1].decode() if found else "")


def stylesheets() -> list[str]:
    """Give the addresses of the style sheets, in their order."""
    return [f"/stijl/{name}" for name in _assets().stylesheets]


def theme_class() -> str:
    """Give the class by which the theme finds the page."""
    return _assets().theme_class


@blueprint.get("/stijl/<name>")
def asset(name: str) -> Response:
    """Give a file. Raises NotFound for any other name."""
    if name not in _assets().files:
        raise NotFound
    file = _assets().files[name]
    packed = request.accept_encodings["gzip"] > 0
    response = Response(file.packed if packed else file.content, mimetype=file.mediatype)
    response.vary.add("Accept-Encoding")
    if packed:
        response.content_encoding = "gzip"
    if name in _assets().stylesheets:
        response.headers["Cache-Control"] = _FOREVER
    return response


def _asset(content: bytes, mediatype: str) -> Asset:
    # Without the moment of packing: the same bytes from every worker.
    return Asset(content, gzip.compress(content, mtime=0), mediatype)


def _assets() -> Assets:
    found: Assets = current_app.extensions["register-assets"]
    return found


def register(app: Flask, theme: str) -> None:
    """Read the files once and add the route."""
    app.extensions["register-assets"] = read_assets(theme)
    app.register_blueprint(blueprint)
