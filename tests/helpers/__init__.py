"""Helpers that tests of several slices share."""
