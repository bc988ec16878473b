"""Pages of a leraar: the own dossier, whole, and who looked at it."""
