"""Signing in: accounts of persons with OpenID Connect, linked to a dossier; koppelcodes; sessions."""
