"""Writes of inductietrajecten. Nothing here commits."""
