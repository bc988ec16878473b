"""The way to PostgreSQL: pools, one pipelined round trip per read, one transaction per write.

Reads run in autocommit: the caller's settings and the statement go out together and PostgreSQL wraps both in one implicit
transaction, so that the settings end with it. Writes use a SQLAlchemy session that the edge opens and commits; services
never do.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import TupleRow
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from register_service.core.context import Context
from register_service.core.errors import Unauthenticated, Unavailable, Uncertain

Statement = tuple[str, Mapping[str, Any] | None]
Rows = list[TupleRow]

# Not in one pipeline with the statement after it: a process was once seen waiting for the answer to a pipeline that began a
# transaction and had never left the client (psycopg 3.3). Should another do so, `_Impatient` ends it.
_BEGIN = "begin isolation level read committed"
# A report sorts and counts much at once, on one core: the others are for who reads a dossier meanwhile.
_BEGIN_SNAPSHOT = "begin isolation level repeatable read, read {}"
_FOR_REPORTS = (
    "set local work_mem = '128MB'",
    "set local hash_mem_multiplier = 2",
    "set local max_parallel_workers_per_gather = 0",
    # Made once for a plan that is used once, it takes longer than it saves.
    "set local jit = off",
    # Indexes that have all that a report asks are read from end to end: no place of them is far away.
    "set local random_page_cost = 1.1",
)

# Errors that mean "not now": the server is gone, full, busy, read-only or was asked to stop (SQLSTATE classes and codes).
_NOT_NOW_CLASSES = ("08", "53", "57", "58")
_NOT_NOW_CODES = ("40001", "40P01", "55P03", "25006", "25P03", "25P04")
# A machine that vanished sends no goodbye: without these a request would wait for it for ever. Seconds; the last in ms.
_NOTICE_SILENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
# A report may go through the whole register, at a moment long past too.
REPORT_TIMEOUT_MS = 120_000
# Seconds by which an answer may be later than PostgreSQL's own limit on a statement.
_GRACE = 5.0


class _Impatient(psycopg.Connection[TupleRow]):
    """A connection that closes itself when no answer comes at all: psycopg would wait for ever."""

    patience = 20.0  # seconds

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer; OperationalError, and the connection closed, when it takes longer than `patience` seconds."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.errors._WaitTimeout as error:
            if timeout:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {self.patience:g} seconds") from error


def make_engine(url: str, *, pool_size: int = 4, timeout_ms: int = 15_000, autocommit: bool = False) -> Engine:
    """Make an engine whose connections are in UTC and give up on a statement after `timeout_ms`."""
    options = f"-c timezone=UTC -c jit=off -c statement_timeout={timeout_ms}"

    def connect(_dialect: Any, _record: Any, args: list[Any], words: dict[str, Any]) -> psycopg.Connection[TupleRow]:
        connection = _Impatient.connect(*args, **words)
        connection.patience = timeout_ms / 1000 + _GRACE
        return connection

    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        connect_args={
            "autocommit": autocommit,
            "options": options + f" -c idle_in_transaction_session_timeout={timeout_ms}",
            "connect_timeout": 5,
            "application_name": "register",
            **_NOTICE_SILENCE,
        },
    )
    event.listen(engine, "do_connect", connect)
    return engine


def is_not_now(error: BaseException) -> bool:
    """Tell whether a database error will pass by itself, so that the answer is 503 and not 500."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, psycopg.Error):
        return False
    state = original.sqlstate
    if state is None:  # not from the server: the connection itself was lost, or could not be made
        return isinstance(original, psycopg.OperationalError)
    return state in _NOT_NOW_CODES or state[:2] in _NOT_NOW_CLASSES


class Database:
    """The application's own access, as a role that owns nothing."""

    def __init__(self, url: str, *, pool_size: int = 4, timeout_ms: int = 15_000) -> None:
        # Every pooled connection may turn out dead, after a restart; the next one is new.
        self._attempts = range(pool_size + 1)
        # A write begins its own transaction, with the caller's settings: see `_begin`.
        self._reads = make_engine(url, pool_size=pool_size, timeout_ms=timeout_ms, autocommit=True)
        self._writes = make_engine(url, pool_size=pool_size, timeout_ms=timeout_ms, autocommit=True)
        # One at a time in each process, and not from the connections that others read by.
        self._reports = make_engine(url, pool_size=1, timeout_ms=REPORT_TIMEOUT_MS, autocommit=True)

    def read(self, context: Context, *statements: Statement) -> list[Rows]:
        """Run statements as a caller in one round trip and give the rows of each.

        Raises Unauthenticated when the caller's token was taken back or the session ended, Unavailable when PostgreSQL cannot
        serve now.
        """
        everything = ((context.opening, context.parameters()), *statements)
        (caller, *answers) = self._pipelined(everything)
        if not caller[0][-1]:
            raise ended(context)
        return answers

    @contextmanager
    def autocommit(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """Lend a psycopg connection in autocommit, for what has no caller yet (the token endpoint, health).

        Raises Unavailable when PostgreSQL cannot serve now.
        """
        with self._lend_live() as connection:
            yield connection

    @contextmanager
    def transaction(self, context: Context) -> Iterator[Session]:
        """Open the one transaction of a write, as a caller; commit at the end, roll back on any error.

        Raises Unavailable when nothing was written, Uncertain when nobody can tell.
        """
        session = self._begin(context)
        try:
            yield session
            session.flush()
            _require_whole(session)
        except BaseException as error:
            _abandon(session, error)
            if is_not_now(error):
                raise Unavailable from error
            raise
        self._commit(session)

    @contextmanager
    def snapshot(self, context: Context, *, writes: bool = False) -> Iterator[psycopg.Connection[TupleRow]]:
        """Lend a connection as a caller for a report: all its statements see the same moment, and none can write.

        With `writes` they can, such as to the log of who looked, and it is committed at the end.

        Raises as `read` does; Unavailable also when another report of this process takes longer than 10 seconds.
        """
        with self._lend_begun(_BEGIN_SNAPSHOT.format("write" if writes else "only")) as connection:
            for statement in _FOR_REPORTS:
                connection.execute(statement)
            (caller,) = connection.execute(context.opening, context.parameters()).fetchall()
            if not caller[-1]:
                raise ended(context)
            yield connection
            connection.execute("commit" if writes else "rollback")

    def dispose(self) -> None:
        """Close all connections."""
        self._reports.dispose()
        self._reads.dispose()
        self._writes.dispose()

    def _commit(self, session: Session) -> None:
        try:
            session.commit()
        except DBAPIError as error:
            _abandon(session, error)
            # The question went out and the answer never came. Asking again could do the work twice.
            if error.connection_invalidated:
                raise Uncertain from error
            if is_not_now(error):
                raise Unavailable from error
            raise
        session.close()

    def _pipelined(self, statements: Sequence[Statement]) -> list[Rows]:
        # Nothing was committed by a read but its own log, so a connection that turns out dead is replaced.
        for _ in self._attempts:
            with self._lend() as connection:
                try:
                    with connection.pipeline():
                        cursors = [connection.execute(sql, parameters) for sql, parameters in statements]
                    return [cursor.fetchall() for cursor in cursors]
                except psycopg.OperationalError:
                    if not connection.broken:
                        raise
                except IndexError:
                    # psycopg 3.3 loses count when the implicit COMMIT is refused and every answer is there at once: the
                    # refusal is one answer more than it expects. What was refused, it does not tell.
                    connection.close()
        raise Unavailable

    @contextmanager
    def _lend_live(self) -> Iterator[psycopg.Connection[TupleRow]]:
        # What the borrower does may not be safe to repeat, so a connection that died in the pool is replaced before.
        for _ in self._attempts:
            with self._lend() as connection:
                try:
                    connection.execute("select")
                except psycopg.OperationalError:
                    continue
                yield connection
                return
        raise Unavailable

    @contextmanager
    def _lend_begun(self, begin: str) -> Iterator[psycopg.Connection[TupleRow]]:
        # Nothing was asked yet: a connection for reports that died in the pool, in a restart, is replaced.
        for _ in range(2):
            with self._lend(self._reports) as connection:
                try:
                    connection.execute(begin)
                except psycopg.OperationalError:
                    continue
                yield connection
                return
        raise Unavailable

    @contextmanager
    def _lend(self, engine: Engine | None = None) -> Iterator[psycopg.Connection[TupleRow]]:
        try:
            fairy = (engine or self._reads).raw_connection()
        except (DBAPIError, psycopg.Error) as error:
            raise Unavailable from error
        connection = fairy.driver_connection
        assert isinstance(connection, psycopg.Connection)
        try:
            yield connection
        except psycopg.Error as error:
            if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
                # The session stays so when the database no longer is, or when there is another primary by now.
                connection.close()
            if is_not_now(error):
                raise Unavailable from error
            raise
        finally:
            # Broken, or left in the middle of something: not for the next one.
            if connection.pgconn.transaction_status != TransactionStatus.IDLE:
                fairy.invalidate()
            fairy.close()

    def _begin(self, context: Context) -> Session:
        # The first round trip finds out whether a pooled connection is still alive; before it nothing can have been lost.
        for _ in self._attempts:
            session = Session(self._writes, expire_on_commit=False, autoflush=False)
            try:
                run_in(session, (_BEGIN, None))
                ((caller,),) = run_in(session, (context.opening, context.parameters()))
            except DBAPIError as error:
                _abandon(session, error)
                if error.connection_invalidated:
                    continue
                if is_not_now(error):
                    raise Unavailable from error
                raise
            if caller[-1]:
                return session
            session.close()
            raise ended(context)
        raise Unavailable


def run_in(session: Session, *statements: Statement) -> list[Rows]:
    """Run statements in a session's transaction, in one round trip, and give the rows of each.

    psycopg does this in half the time that SQLAlchemy needs around it. Raises what SQLAlchemy would: kinds of DBAPIError.
    """
    connection = session.connection()
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        with nullcontext() if len(statements) == 1 else driver.pipeline():
            cursors = [driver.execute(sql, parameters) for sql, parameters in statements]
        return [cursor.fetchall() if _has_rows(cursor) else [] for cursor in cursors]
    except psycopg.Error as error:
        lost = driver.broken
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(None, None, error, psycopg.Error, connection_invalidated=lost) from error


def _has_rows(cursor: psycopg.Cursor[TupleRow]) -> bool:
    # As `cursor.description` tells, which makes an object for each column.
    return cursor.pgresult is not None and cursor.pgresult.status == ExecStatus.TUPLES_OK


def ended(context: Context) -> Unauthenticated:
    """Make the answer for a session that ended; for a token, or a client, that was taken back."""
    if context.session is not None:
        return Unauthenticated("U bent niet meer aangemeld. Meld u opnieuw aan.", code="sessie-verlopen")
    return Unauthenticated(
        "Dit token is ingetrokken. Vraag een nieuw token aan.",
        code="token-ingetrokken",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token", error_description="token ingetrokken"'},
    )


def _require_whole(session: Session) -> None:
    # PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and nobody would notice.
    driver = session.connection().connection.driver_connection
    if isinstance(driver, psycopg.Connection) and driver.pgconn.transaction_status == TransactionStatus.INERROR:
        raise RuntimeError("an error of the database was swallowed inside a transaction")


def _abandon(session: Session, error: BaseException) -> None:
    """Roll back and give the connection back; one that cannot even do that, or is read-only for good, is closed."""
    try:
        if isinstance(getattr(error, "orig", None), psycopg.errors.ReadOnlySqlTransaction):
            session.invalidate()
        session.rollback()
    except DBAPIError:
        session.invalidate()
    session.close()
