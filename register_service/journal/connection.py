"""The sealer's and the checker's own connections to PostgreSQL, as the owner."""

from typing import Any

import psycopg
from sqlalchemy.engine import make_url

Connection = psycopg.Connection[Any]

# A sealer whose machine vanished must lose its lock soon, so that another can take over; a batch may take as long as it takes.
_OPTIONS = "-c timezone=UTC -c statement_timeout=0 -c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=10"
_OPTIONS += " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"


def connect(url: str, name: str) -> Connection:
    """Connect as the owner; `name` is what PostgreSQL shows of us. Raises psycopg.OperationalError."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(
        plain, application_name=name, connect_timeout=5, options=_OPTIONS, keepalives_idle=10, tcp_user_timeout=20_000
    )
    # A checkpoint that was given away must never be lost, whatever a server was set to for speed.
    connection.execute(
        "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()
    return connection
