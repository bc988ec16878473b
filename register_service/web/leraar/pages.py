"""All pages of a leraar, in the order of the navigation."""

from register_service.web.leraar import overzicht
from register_service.web.leraar.blueprint import blueprint

__all__ = ["blueprint", "overzicht"]
