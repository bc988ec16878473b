"""Who is calling: what a verified token says, and the context that each transaction gets from it."""

from dataclasses import dataclass

from register_service.access.scopes import Scope
from register_service.core import clock
from register_service.core.context import Context
from register_service.core.figures import Figures


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a token; `bestuur` is set for an HR system only, `leraar` for a person. `role`: a ClientSoort.

    `leraar` is the number that the token was given for. When that dossier was merged since, PostgreSQL's setting
    `register.leraar` has the number in which it goes on: compare with that one, in SQL.
    """

    client_id: str
    role: str
    bestuur: str | None
    scopes: frozenset[Scope]
    jti: str
    leraar: str | None = None

    def context(
        self, figures: Figures, *, event: str, reason: str | None = None, request_id: str | None = None
    ) -> Context:
        """Make the context of one transaction."""
        return Context(
            role=self.role,
            # A person acts for oneself: that shows, not which token was used. There is one per person and kind (access.persons).
            actor=f"{self.role}:{self.leraar}" if self.leraar else f"client:{self.client_id}",
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
        )
