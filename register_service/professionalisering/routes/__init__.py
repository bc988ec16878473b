"""Routes of professionalisering: what leraren did, and the judgement of a validator."""

from register_service.professionalisering.routes import aanwezigen, activiteiten, beoordelingen
from register_service.professionalisering.routes.blueprint import blueprint

__all__ = ("aanwezigen", "activiteiten", "beoordelingen", "blueprint")
