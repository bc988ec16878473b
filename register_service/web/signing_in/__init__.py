"""Signing in, being linked to a dossier, and signing out."""

from register_service.web.signing_in import accounts, arriving, linking, signing_out, starting
from register_service.web.signing_in.blueprint import blueprint, register

__all__ = ["accounts", "arriving", "blueprint", "linking", "register", "signing_out", "starting"]
