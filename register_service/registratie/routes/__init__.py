"""Routes of the registratie: how it stands, its progress, public verification, steekproeven."""

from register_service.registratie.routes import registratie, steekproeven, verificatie, voortgang
from register_service.registratie.routes.blueprint import blueprint

__all__ = ("blueprint", "registratie", "steekproeven", "verificatie", "voortgang")
