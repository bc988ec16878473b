"""Routes of the catalogue: aanbieders, and what they offer."""

from register_service.aanbod.routes import aanbieders, aanbod
from register_service.aanbod.routes.blueprint import blueprint

__all__ = ("aanbieders", "aanbod", "blueprint")
