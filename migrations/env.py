"""Alembic environment: one owner connection, handed over by `register_service.runtime.migrate`."""

from alembic import context

from register_service import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    include_object=lambda _object, name, type_, _reflected, _compare: type_ != "table" or name != "alembic_version",
)
with context.begin_transaction():
    context.run_migrations()
