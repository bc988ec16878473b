"""Who does what, and why: the settings that every transaction carries into PostgreSQL.

The journal's trigger reads `register.context`; the policies of row-level security read the others. They hold for one
transaction only (`set_config(..., true)`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import psycopg

from register_service.core import clock

SET_CONTEXT = """
select set_config('register.role', %(role)s, true), set_config('register.bestuur', %(bestuur)s, true),
       set_config('register.leraar', %(leraar)s, true), set_config('register.client', %(client)s, true),
       set_config('register.today', %(today)s, true), set_config('register.zicht_vooraf', %(zicht_vooraf)s, true),
       set_config('register.zicht_achteraf', %(zicht_achteraf)s, true), set_config('register.context', %(context)s, true),
       set_config('register.aanbieder', '', true)
"""

# Whose dossier a person's token opens is told by the row of its client, and follows a merge; nothing is asked for other callers.
_AANBIEDER = """case when %(role)s = 'aanbieder' then coalesce((
    select aanbieder::text from client where client_id = %(client)s), '') else '' end"""
_LERAAR = "case when %(leraar)s = '' then '' else coalesce(client_leraar(%(client)s), '') end"

# The same for a caller with a token, who counts as nobody once the token or the client has been taken back.
SET_CALLER = (
    SET_CONTEXT.replace("%(role)s", "case when valid then %(role)s else '' end")
    .replace("%(leraar)s", _LERAAR)
    .replace("'register.aanbieder', ''", f"'register.aanbieder', {_AANBIEDER}")
    + """, valid
from (select not exists (select from revoked_token where jti = %(jti)s)
         and exists (select from client where client_id = %(client)s and ingetrokken_op is null) as valid) token
"""
)

# The same for somebody who signed in: PostgreSQL says whose session it is, and whether it has ended.
SET_SESSION = (
    SET_CONTEXT.replace("%(role)s", "coalesce(s.soort, '')").replace("%(leraar)s", "coalesce(s.leraar, '')")
    + """, s.soort is not null
from (select) one left join session_of(%(session)s, %(now)s) s on true
"""
)


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a transaction needs to know about its caller. `today` is the day in Amsterdam; months come from the regeling.

    `session` is the hash of the cookie of somebody who signed in; role and leraar are then those of the session itself.
    """

    role: str
    actor: str
    event: str
    today: date
    client: str = ""
    jti: str = ""
    namens: str | None = None
    bestuur: str | None = None
    leraar: str | None = None
    reason: str | None = None
    request_id: str | None = None
    months_before: int = 3
    months_after: int = 12
    session: bytes | None = None

    @property
    def opening(self) -> str:
        """The statement that a transaction of this caller begins with; its last column tells whether the caller still holds."""
        return SET_CALLER if self.session is None else SET_SESSION

    def parameters(self) -> dict[str, Any]:
        """Give the parameters of SET_CONTEXT, SET_CALLER and SET_SESSION."""
        journal = {
            "actor": self.actor,
            "namens": self.namens,
            "event": self.event,
            "reason": self.reason,
            "requestId": self.request_id,
        }
        return {
            "role": self.role,
            "bestuur": self.bestuur or "",
            "leraar": self.leraar or "",
            "client": self.client,
            "jti": self.jti,
            "today": self.today.isoformat(),
            "zicht_vooraf": f"{self.months_before} months",
            "zicht_achteraf": f"{self.months_after} months",
            "context": orjson.dumps(journal).decode(),
            "session": self.session,
            "now": clock.now(),
        }


def set_context(
    connection: psycopg.Connection[Any], *, actor: str, event: str, today: date, reason: str | None = None
) -> None:
    """Tell the journal who acts in the transaction that is open on an owner's connection (commands, jobs)."""
    context = Context(role="beheer", actor=actor, event=event, today=today, reason=reason)
    connection.execute(SET_CONTEXT, context.parameters())
