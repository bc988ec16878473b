"""Who is calling: what a verified token says, and the context that each transaction gets from it."""

from dataclasses import dataclass

from register_service.access.scopes import Scope
from register_service.core import clock
from register_service.core.context import Context
from register_service.core.figures import Figures


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a token; `bestuur` is set for an HR system only, `leraar` for a person. `role`: a ClientSoort.

    Of somebody who signed in `session` is the hash of the cookie, `client_id` the id of the account and `jti` empty.

    `leraar` is the number that the token was given for. When that dossier was merged since, PostgreSQL's setting
    `register.leraar` has the number in which it goes on: compare with that one, in SQL.
    """

    client_id: str
    role: str
    bestuur: str | None
    scopes: frozenset[Scope]
    jti: str
    leraar: str | None = None
    session: bytes | None = None

    def context(
        self, figures: Figures, *, event: str, reason: str | None = None, request_id: str | None = None
    ) -> Context:
        """Make the context of one transaction."""
        return Context(
            role=self.role,
            actor=self.actor,
            event=event,
            today=clock.today(),
            client=self.client_id,
            jti=self.jti,
            namens=f"bestuur:{self.bestuur}" if self.bestuur else None,
            bestuur=self.bestuur,
            leraar=self.leraar,
            reason=reason,
            request_id=request_id,
            months_before=figures.zicht_vooraf_maanden,
            months_after=figures.zicht_achteraf_maanden,
            session=self.session,
        )

    @property
    def actor(self) -> str:
        """How journal and log of who looked call the caller.

        A leraar acts for oneself: that shows, not which token (of which there is one per person and kind) or account was used.
        """
        if self.leraar:
            return f"{self.role}:{self.leraar}"
        return f"client:{self.client_id}" if self.session is None else f"{self.role}:{self.client_id}"
