"""Where the pages of signing in are declared, and what they share: the providers, two cookies, and how a failure is told."""

from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import NotFound

from register_service.aanmelding.openid import OpenIdClient
from register_service.aanmelding.service import SignIns
from register_service.api.call import Services
from register_service.settings import Settings
from register_service.web.rendering import render

# The browser that began to sign in; and somebody whom a provider vouched for and whom the register does not know.
BROWSER, NEWCOMER = "register-aanmelding", "register-nieuw"

blueprint = Blueprint("signing_in", __name__, template_folder="templates")


def register(app: Flask, settings: Settings) -> None:
    """Make the register a client of the providers in the settings."""
    app.extensions["register-sign-ins"] = SignIns(settings.providers, settings.base_url)


def sign_ins() -> SignIns:
    """Give the providers of this application."""
    known: SignIns = current_app.extensions["register-sign-ins"]
    return known


def services() -> Services:
    """Give what every request needs."""
    known: Services = current_app.extensions["register"]
    return known


def client_of(provider: str) -> OpenIdClient:
    """Give the way to a provider by its name in an address. Raises NotFound."""
    try:
        return sign_ins().clients[provider]
    except KeyError as error:
        raise NotFound from error


def failure(status: int, title: str, *advice: str) -> Response:
    """Give the page that says that it did not work, and what to do."""
    return render("aanmelden_mislukt.html", status, title=title, advice=advice)
