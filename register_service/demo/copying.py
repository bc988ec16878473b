"""Writing rows of the demo into PostgreSQL."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from psycopg import Connection, sql

from register_service.demo.records import Record


def copy_rows(connection: Connection[Any], records: Sequence[Record]) -> None:
    """Write the rows of one table by COPY: one statement, so that the journal's trigger runs once."""
    if not records:
        return
    columns = records[0].columns()
    values: Callable[[Record], tuple[Any, ...]] = attrgetter(*columns)
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(records[0].table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for record in records:
            copy.write_row(values(record))
