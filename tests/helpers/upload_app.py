"""The application with one route more, which takes a file in and gives a link to it: `app` is for gunicorn.

The routes of the register do more than take files in; what is tried here is what they share.
"""

from flask import Flask
from marshmallow import fields
from sqlalchemy import text
from sqlalchemy.orm import Session

from register_service import app as application
from register_service.access.scopes import Scope
from register_service.api.call import Answer, Call, answer_json
from register_service.api.operation import RegisterBlueprint
from register_service.api.uploads import DownloadlinkSchema, link_to
from register_service.core.errors import Conflict
from register_service.core.ids import new_registratienummer
from register_service.core.schema import ApiSchema
from register_service.settings import Settings, load_settings

PATH = "/v1/proefbestanden"
# Any row will do, to see whether the transaction was kept.
_ROW = text("""
    insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op)
    values (:nummer, :naam, 'Proef', '1984-05-06', '2026-01-01')
""")


class ProefbestandSchema(ApiSchema):
    """What came in."""

    sha256 = fields.String(required=True)
    mediatype = fields.String(required=True)
    grootte = fields.Integer(required=True)
    bestandsnaam = fields.String(required=True, allow_none=True)


def make_blueprint() -> RegisterBlueprint:
    """Make the routes anew: a blueprint belongs to one application."""
    blueprint = RegisterBlueprint("proef", __name__, "Proef")

    @blueprint.write(
        "/proefbestanden",
        event="proef.toegevoegd",
        purpose="proef",
        scope=Scope.LERAREN_SCHRIJVEN,
        answer=ProefbestandSchema,
        status=201,
        body_stream=True,
    )
    def add_proefbestand(call: Call, session: Session) -> Answer:
        """Stuur een bestand."""
        upload = call.upload
        upload.keep(session)
        session.execute(_ROW, {"nummer": new_registratienummer(), "naam": upload.sha256})
        if upload.name == "botst":
            raise Conflict("Dit botst.", code="proef-botst")
        answer = {
            "sha256": upload.sha256,
            "mediatype": upload.mediatype,
            "grootte": upload.size,
            "bestandsnaam": upload.name,
        }
        return answer_json(answer, 201, Location=f"{PATH}/{upload.sha256}", ETag='"proef"')

    @blueprint.write(
        "/proefbestanden/_download",
        event="proef.gedownload",
        purpose="proef",
        scope=Scope.LERAREN_SCHRIJVEN,
        body=ProefbestandSchema,
        answer=DownloadlinkSchema,
    )
    def download_proefbestand(call: Call, session: Session) -> Answer:
        """Vraag een adres om een bestand op te halen."""
        wanted = {name: call.body[name] for name in ("sha256", "mediatype", "bestandsnaam")}
        return link_to(call, **wanted)

    return blueprint


def make_app(settings: Settings) -> Flask:
    """Make the application with these routes too."""
    slices = application.SLICES
    application.SLICES = (*slices, make_blueprint())
    try:
        return application.create_app(settings)
    finally:
        application.SLICES = slices


def __getattr__(name: str) -> Flask:
    if name != "app":
        raise AttributeError(name)
    return make_app(load_settings())
