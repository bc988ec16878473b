"""All pages of a leraar. The order in which they are brought in is that of the navigation."""

# ruff: noqa: F401, I001
from register_service.web.leraar import overzicht
from register_service.web.leraar import registratie
from register_service.web.leraar import professionalisering
from register_service.web.leraar import inductie
from register_service.web.leraar import loopbaan
from register_service.web.leraar import inzage
from register_service.web.leraar import gegevens
from register_service.web.leraar import historie
from register_service.web.leraar.blueprint import blueprint

__all__ = ["blueprint"]
