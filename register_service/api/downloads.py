"""`GET /bewijsstukken/{link}`: the content that a link stands for, to be saved, never shown by this origin.

Open to whoever holds a link (`storage.links`). That a link is asked for is what is logged.
"""

from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app

from register_service.api.call import Services
from register_service.storage.links import PATH

blueprint = Blueprint("downloads", __name__)


@blueprint.get(f"{PATH}/<link>")
def download(link: str) -> Response:
    """Stream the content as an attachment. Raises NotFound for a link that does not hold, and when the content is gone."""
    services: Services = current_app.extensions["register"]
    wanted = services.storage.links.read(link)
    blob = services.storage.store.open(wanted.sha256)
    response = Response(blob.chunks, content_type=wanted.mediatype, direct_passthrough=True)
    response.call_on_close(blob.close)
    response.content_length = blob.size
    response.headers["Content-Disposition"] = _attachment(wanted.filename)
    # Should a browser show it all the same: in a world of its own, without scripts.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Accept-Ranges"] = "none"
    return response


def _attachment(name: str) -> str:
    # RFC 6266: the name in ASCII for those who know no better, and as it is.
    plain = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def register(app: Flask) -> None:
    """Add the route."""
    app.register_blueprint(blueprint)
