"""The way to PostgreSQL: pools, one pipelined round trip per read, one transaction per write.

Reads run in autocommit: the caller's settings and the statement go out together and PostgreSQL wraps both in one implicit
transaction, so that the settings end with it. Writes use a SQLAlchemy session that the edge opens and commits; services
never do.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection

from register_service.core.context import SET_CALLER, Context
from register_service.core.errors import Unauthenticated, Unavailable

Statement = tuple[str, Mapping[str, Any]]
Rows = list[TupleRow]

# Errors that mean "not now": the server is gone, full, busy, read-only or was asked to stop (SQLSTATE classes and codes).
_NOT_NOW_CLASSES = ("08", "53", "57", "58")
_NOT_NOW_CODES = ("40001", "40P01", "55P03", "25006", None)


def make_engine(url: str, *, pool_size: int = 4, timeout_ms: int = 15_000, autocommit: bool = False) -> Engine:
    """Make an engine whose connections are in UTC and give up on a statement after `timeout_ms`."""
    options = f"-c timezone=UTC -c jit=off -c statement_timeout={timeout_ms}"
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        pool_reset_on_return=None if autocommit else "rollback",
        isolation_level="AUTOCOMMIT" if autocommit else "READ COMMITTED",
        connect_args={
            "options": options + f" -c idle_in_transaction_session_timeout={timeout_ms}",
            "connect_timeout": 5,
            "application_name": "register",
        },
    )


def is_not_now(error: BaseException) -> bool:
    """Tell whether a database error will pass by itself, so that the answer is 503 and not 500."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, psycopg.OperationalError):
        return isinstance(original, psycopg.errors.ReadOnlySqlTransaction)
    state = original.sqlstate
    return state in _NOT_NOW_CODES or (state is not None and state[:2] in _NOT_NOW_CLASSES)


class Database:
    """The application's own access, as a role that owns nothing."""

    def __init__(self, url: str, *, pool_size: int = 4, timeout_ms: int = 15_000) -> None:
        self._pool_size = pool_size
        self._reads = make_engine(url, pool_size=pool_size, timeout_ms=timeout_ms, autocommit=True)
        self._writes = make_engine(url, pool_size=pool_size, timeout_ms=timeout_ms)

    def read(self, context: Context, *statements: Statement) -> list[Rows]:
        """Run statements as a caller in one round trip and give the rows of each.

        Raises Unauthenticated when the caller's token was taken back, Unavailable when PostgreSQL cannot serve now.
        """
        everything = ((SET_CALLER, context.parameters()), *statements)
        (caller, *answers) = self._pipelined(everything)
        if not caller[0][-1]:
            raise revoked()
        return answers

    @contextmanager
    def autocommit(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """Lend a psycopg connection in autocommit, for what has no caller yet (the token endpoint, health).

        Raises Unavailable when PostgreSQL cannot serve now.
        """
        with self._lend_live() as fairy:
            connection = _driver(fairy)
            try:
                yield connection
            except psycopg.Error as error:
                if connection.broken:
                    fairy.invalidate(error)
                if is_not_now(error):
                    raise Unavailable from error
                raise

    @contextmanager
    def transaction(self, context: Context) -> Iterator[Session]:
        """Open the one transaction of a write, as a caller; commit at the end, roll back on any error."""
        session = self._begin(context)
        with session:
            try:
                yield session
                session.commit()
            except DBAPIError as error:
                session.rollback()
                if is_not_now(error):
                    raise Unavailable from error
                raise

    def dispose(self) -> None:
        """Close all connections."""
        self._reads.dispose()
        self._writes.dispose()

    def _pipelined(self, statements: Sequence[Statement]) -> list[Rows]:
        # Nothing was committed by a read but its own log, so a connection that turns out dead is replaced once.
        for attempt in (1, 2):
            with self._lend() as fairy:
                connection = _driver(fairy)
                try:
                    with connection.pipeline():
                        cursors = [connection.execute(sql, parameters) for sql, parameters in statements]
                    return [cursor.fetchall() for cursor in cursors]
                except psycopg.OperationalError as error:
                    if connection.broken:
                        fairy.invalidate(error)
                        if attempt == 1:
                            continue
                    raise Unavailable from error
        raise Unavailable

    @contextmanager
    def _lend_live(self) -> Iterator[PoolProxiedConnection]:
        # What the borrower does may not be safe to repeat, so a connection that died in the pool is replaced before.
        for _ in range(self._pool_size + 1):
            with self._lend() as fairy:
                try:
                    _driver(fairy).execute("select")
                except psycopg.OperationalError as error:
                    fairy.invalidate(error)
                    continue
                yield fairy
                return
        raise Unavailable

    @contextmanager
    def _lend(self) -> Iterator[PoolProxiedConnection]:
        try:
            fairy = self._reads.raw_connection()
        except DBAPIError as error:
            raise Unavailable from error
        try:
            yield fairy
        finally:
            fairy.close()

    def _begin(self, context: Context) -> Session:
        # The first statement finds out whether a pooled connection is still alive; before it nothing can have been lost.
        for attempt in (1, 2):
            session = Session(self._writes, expire_on_commit=False, autoflush=False)
            try:
                valid = session.connection().exec_driver_sql(SET_CALLER, context.parameters()).one()[-1]
            except DBAPIError as error:
                session.invalidate()
                if error.connection_invalidated and attempt == 1:
                    continue
                if is_not_now(error):
                    raise Unavailable from error
                raise
            if valid:
                return session
            session.close()
            raise revoked()
        raise Unavailable


def revoked() -> Unauthenticated:
    """Make the answer for a token, or a client, that was taken back."""
    return Unauthenticated(
        "Dit token is ingetrokken. Vraag een nieuw token aan.",
        code="token-ingetrokken",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token", error_description="token ingetrokken"'},
    )


def _driver(fairy: PoolProxiedConnection) -> psycopg.Connection[TupleRow]:
    connection = fairy.driver_connection
    assert isinstance(connection, psycopg.Connection)
    return connection
