"""Making a database refuse, for a while, in whatever way: triggers that raise what a full or failing server raises."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

_SET_UP = """
create table trouble (code text);
create function trouble() returns trigger language plpgsql security definer set search_path = public as $$
declare chosen text := (select code from trouble);
begin
    if chosen = 'terminate' then
        perform pg_terminate_backend(pg_backend_pid());
    elsif chosen = 'sleep' then
        perform pg_sleep(30);
    elsif chosen is not null then
        raise exception 'Zwaanhilde Xylofoonsma' using errcode = chosen;
    end if;
    return null;
end $$;
"""
_AT_ONCE = "create trigger trouble after insert on {} for each row execute function trouble()"
_AT_COMMIT = """
create constraint trigger trouble after insert on {} deferrable initially deferred for each row execute function trouble()
"""
# A read logs who looked, a revocation notes the token: so each kind of request writes somewhere.
TABLES = ("access_log", "leraar", "revoked_token")


@contextmanager
def hurting(database_url: str, code: str, *, at_commit: bool = False) -> Iterator[None]:
    """Make every insert end in `code` (an SQLSTATE, `terminate` or `sleep`), at once or when it is committed."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(_SET_UP)
        for table in TABLES:
            connection.execute((_AT_COMMIT if at_commit else _AT_ONCE).format(table).encode())
        connection.execute("insert into trouble values (%s)", (code,))
        try:
            yield
        finally:
            connection.execute("drop function trouble cascade; drop table trouble")
