"""About whom there may be something to do: too many is a matter of time, too few would be a mistake.

What follows for a leraar changes for two reasons only: a day comes, or something is recorded. So whoever was looked at up to
a day needs no look again, unless a period ended not long before that day, or something new is known.
"""

from datetime import date, timedelta
from typing import Any

from psycopg import Connection

from register_service.core.days import add_months
from register_service.registratie.rules.norms import Regelingen

# Months are of different lengths: to look at some days more costs little.
_MARGIN = timedelta(days=31)

# Transactions that may still be under way; in the snapshot of what comes after it, everything before is seen.
_UNSEEN_FROM = "select pg_snapshot_xmin(pg_current_snapshot())::text"
# What an earlier run may have missed. A run of another server (a database that was moved) says nothing about this one's numbers.
_LAST_RUN = """
select r.day, r.unseen_from::text,
       r.unseen_from > pg_snapshot_xmax(pg_current_snapshot()) or exists (
           select from journal j where j.tx >= r.unseen_from and j.table_name in ('regeling', 'school', 'vestiging')) or exists (
           select from regeling g where g.geldig_vanaf > r.day and g.geldig_vanaf <= %(day)s) as unknown
from renewal_run r order by r.day desc limit 1
"""
_CONCERNED = """
with last as not materialized (
    select p.leraar, p.einddatum from registratieperiode p
    where p.einddatum < %(day)s and not exists (
        select from registratieperiode q where q.leraar = p.leraar and q.begindatum > p.begindatum)),
news as materialized (
    select j.dossier as leraar from journal j
    where j.tx >= %(unseen_from)s::xid8 and not (j.table_name in ('bericht', 'registratieperiode') and j.action = 'insert')
    union
    select b.leraar from bevoegdheid b
    where b.behaald_op between %(since)s and %(today)s or b.geldig_tot between %(since)s - 1 and %(today)s
    union
    select d.leraar from doorhaling d where d.vanaf between %(since)s and %(today)s or d.tot >= %(since)s)
-- Without any period yet.
select l.registratienummer as leraar from leraar l
where l.samengevoegd_met is null and l.geregistreerd_op <= %(day)s
  and not exists (select from registratieperiode p where p.leraar = l.registratienummer)
  and exists (select from bevoegdheid b
              where b.leraar = l.registratienummer and b.verificatie <> 'afgewezen' and b.soort = any(%(soorten)s)
                and b.behaald_op <= %(day)s and coalesce(b.geldig_tot, 'infinity') >= l.geregistreerd_op)
union
-- The last period ended: not long ago, or there is something new.
select leraar from last where einddatum >= %(ended_since)s
union
select leraar from last join news using (leraar)
union
-- The end is near, and nobody has been told, or not the last time.
select p.leraar from registratieperiode p
where p.einddatum between %(today)s and %(told_until)s and not exists (
    select from bericht b
    where b.periode = p.id and b.einddatum = p.einddatum and b.vervallen_op is null
      and (b.soort = 'twaalf-weken' or p.einddatum > %(reminded_until)s))
union
-- Something is waiting to be sent, and is not right any more, or there is something new.
select b.leraar from bericht b join registratieperiode p on p.id = b.periode
where b.verzonden_op is null and b.vervallen_op is null and b.afgegeven_op is null
  and (%(everybody)s or b.einddatum < %(today)s or b.einddatum <> p.einddatum or b.leraar in (select leraar from news))
order by leraar
"""


def unseen_from(connection: Connection[Any]) -> str:
    """Give the first transaction that what is read after this may not see."""
    row = connection.execute(_UNSEEN_FROM).fetchone()
    assert row is not None
    return str(row[0])


def concerned(connection: Connection[Any], regelingen: Regelingen, day: date, today: date) -> list[str]:
    """Give the registratienummers, in order, of everybody about whom there may be something to do up to a day."""
    last = connection.execute(_LAST_RUN, {"day": day}).fetchone()
    values = {"day": day, "today": today, **_windows(regelingen, day)}
    if last is None or last[2]:
        values |= {"everybody": True, "ended_since": date.min, "since": today, "unseen_from": _NEVER}
    else:
        since: date = last[0]
        conditions = max(normen.cijfers.voorwaarden_maanden for normen in regelingen.normen)
        ended_since = add_months(since, -conditions) - _MARGIN
        values |= {"everybody": False, "ended_since": ended_since, "since": since, "unseen_from": last[1]}
    return [number for (number,) in connection.execute(_CONCERNED, values)]


# The last of all transactions there can be.
_NEVER = str(2**64 - 1)


def _windows(regelingen: Regelingen, day: date) -> dict[str, Any]:
    """Give the kinds of bevoegdheid that ever register, and up to which end somebody may be told on a day."""
    figures = [normen.cijfers for normen in regelingen.normen]
    return {
        "soorten": sorted(set().union(*(cijfers.registrerende_soorten for cijfers in figures))),
        "told_until": add_months(day, max(cijfers.melding_maanden for cijfers in figures)) + timedelta(days=3),
        "reminded_until": day + timedelta(weeks=max(cijfers.melding_weken for cijfers in figures)),
    }
