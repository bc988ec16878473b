"""Reads of accounts and koppelcodes."""

from register_service.aanmelding.schemas import AccountSchema, KoppelcodeSchema
from register_service.api.reading import Source
from register_service.core.representation import json_object

# The accounts with which a leraar can sign in. Row-level security shows nobody but the leraar and the keeper any.
ACCOUNTS = Source(
    f"""
    select l.registratienummer as leraar, json_build_object('items', coalesce((
        select json_agg({json_object(AccountSchema, "a")} order by a.gekoppeld_op, a.id)
        from account a where a.leraar = l.registratienummer and a.ingetrokken_op is null), '[]')) as body
    from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null""",
    tables=("leraar", "account"),
    parts=("accounts",),
    of_dossier=True,
)

_CODE_JSON = json_object(KoppelcodeSchema, "k")
# It holds for moments, not for days: `geldigOp` changes nothing.
_OUTSTANDING = """k.gebruikt_op is null and k.ingetrokken_op is null
    and k.geldig_tot > coalesce(%(beschikbaar_op)s::timestamptz, %(now)s)"""

KOPPELCODE = Source(
    f"""
    select k.leraar, {_CODE_JSON} as body from koppelcode k
    where k.id = %(id)s::uuid and k.leraar = %(registratienummer)s and {_OUTSTANDING}
    and (%(geldig_op)s::date is null or true)""",
    tables=("koppelcode",),
    parts=("koppelcodes",),
    of_dossier=True,
)
KOPPELCODES = Source(
    f"""
    select l.registratienummer as leraar, json_build_object('items', coalesce((
        select json_agg({_CODE_JSON} order by k.uitgegeven_op, k.id) from koppelcode k
        where k.leraar = l.registratienummer and {_OUTSTANDING}), '[]'), 'volgende', null) as body
    from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null
    and (%(geldig_op)s::date is null or true)""",
    tables=("leraar", "koppelcode"),
    parts=("koppelcodes",),
    of_dossier=True,
)
