"""`register regeling ...`, with what follows from a new regeling in the slices above."""

from register_service.inductie.service.new_regeling import follow_regeling
from register_service.regelingen.commands import ADDED, regeling

ADDED.append(follow_regeling)

__all__ = ("regeling",)
