"""Routes of professionalisering: what leraren did, and the judgement of a validator."""

from register_service.professionalisering.routes import aanwezigen, activiteiten, beoordelingen, bewijsstukken
from register_service.professionalisering.routes.blueprint import blueprint

__all__ = ("aanwezigen", "activiteiten", "beoordelingen", "bewijsstukken", "blueprint")
