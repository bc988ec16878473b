"""The declarative base of every table, with the naming rules that error mapping relies on."""

import uuid
from typing import Any

from sqlalchemy import MetaData, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from register_service.core.ids import new_id

# Constraint names are part of the code: core.integrity turns them into messages.
NAMING = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}


class Base(DeclarativeBase):
    """Base of all tables: text is `text`, JSON is `jsonb`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text(), dict[str, Any]: JSONB(none_as_null=True)}  # noqa: RUF012 - declared by SQLAlchemy


class Registered:
    """Mixin of every table that the journal follows: one uuid that never changes."""

    id: Mapped[uuid.UUID] = mapped_column(Uuid(), primary_key=True, default=new_id, server_default=text("uuidv7()"))
