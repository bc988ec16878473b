"""Reads of the permission for public verification, for the leraar alone; and what anyone may ask."""

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.leraren.queries import IN_DOSSIER, OF_DOSSIER
from register_service.registratie import queries
from register_service.registratie.schemas_verificatie import ToestemmingGegevenSchema

# On a day: whether it had been given by then. That it was taken back later is in the history.
_GIVEN = "(%(geldig_op)s::date is null or v.gegeven_op <= %(geldig_op)s::date)"

TOESTEMMING = Source(
    "select l.registratienummer as leraar, json_build_object('toegestaan', v.id is not null, 'gegevenOp', v.gegeven_op) as body "
    f"from leraar l left join verificatietoestemming v on v.leraar = l.registratienummer and {_GIVEN} "
    "where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar", "verificatietoestemming"),
    parts=("verificatie",),
    of_dossier=True,
)
HISTORIE = history(
    "verificatietoestemming",
    ToestemmingGegevenSchema,
    IN_DOSSIER,
    part="verificatie",
    held_on="s.gegeven_op <= %(geldig_op)s::date",
    of=OF_DOSSIER,
)

# Without a caller: the function is all that may be seen. The figures are read whether it finds somebody or not.
OPENBAAR = f"""
select openbare_verificatie(%(registratienummer)s, %(achternaam)s, %(request_id)s)::text, ({queries.REGELINGEN})
"""
