"""The style sheets: ours and that of the theme, under names that hold a hash of what is in them, to be kept for ever.

`tools/css` makes what lies in `static`. Another theme is a file of design tokens for a class `...-theme` (docs/beheer.md).
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import NotFound

OWN_THEME = "voorbeeld"
_FOLDER = Path(__file__).with_name("static")
_FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Assets:
    """What is served, by name; the names of the style sheets in their order; the class that the theme's tokens are given for."""

    files: dict[str, tuple[bytes, str]]
    stylesheets: tuple[str, ...]
    theme_class: str


def read_assets(theme: str) -> Assets:
    """Read the files: `theme` is `voorbeeld`, or the path of another one's tokens. Raises OSError when it cannot be read."""
    tokens = (_FOLDER / "voorbeeld.css" if theme == OWN_THEME else Path(theme)).read_bytes()
    files, names = {}, []
    for stem, content in (("thema", tokens), ("register", (_FOLDER / "register.css").read_bytes())):
        name = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.css"
        names.append(name)
        files[name] = (content, "text/css")
    files["merk.svg"] = ((_FOLDER / "merk.svg").read_bytes(), "image/svg+xml")
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
    content, mediatype = _assets().files[name]
    response = Response(content, mimetype=mediatype)
    if name in _assets().stylesheets:
        response.headers["Cache-Control"] = _FOREVER
    return response


def _assets() -> Assets:
    found: Assets = current_app.extensions["register-assets"]
    return found


def register(app: Flask, theme: str) -> None:
    """Read the files once and add the route."""
    app.extensions["register-assets"] = read_assets(theme)
    app.register_blueprint(blueprint)
