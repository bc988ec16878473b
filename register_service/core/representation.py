"""SQL that builds the JSON of a schema inside PostgreSQL, so that a read is one statement and no Python touches the rows.

The field of a schema is the column of the table; a test over every route proves that the result is what the schema says.
"""

from marshmallow import Schema, fields

from register_service.core.fields import Moment


def json_object(schema: type[Schema], alias: str, **expressions: str) -> str:
    """Give the SQL expression that builds one object of `schema` from the row `alias`.

    `expressions` names, per field, the SQL of what is no plain column.
    """
    pairs = (
        f"'{field.data_key}', {expressions.get(name) or _column(field, f'{alias}.{name}')}"
        for name, field in schema().fields.items()
    )
    return f"json_build_object({', '.join(pairs)})"


def _column(field: fields.Field[object], column: str) -> str:
    if isinstance(field, Moment):
        return moment(column)
    return column


def moment(column: str) -> str:
    """Give the SQL that writes a timestamp as RFC 3339 in UTC, microseconds and `Z`."""
    return f"""to_char({column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
