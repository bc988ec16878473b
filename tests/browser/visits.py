"""Every page, who opens it and at which address: what must hold of each page is tried on all of these.

A page that is in the application and not here fails `test_every_page_is_visited`.
"""

from dataclasses import dataclass

# Not pages: what a browser fetches or is led past.
NOT_PAGES: dict[str, str] = {
    "/stijl/<name>": "a style sheet or the mark",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as somebody opens it. `name`: of its pictures; `rule`: the route; `dark`: keep a dark picture too."""

    name: str
    rule: str
    path: str
    leraar: str | None = None
    auditor: str | None = None
    status: int = 200
    dark: bool = False

    @property
    def who(self) -> dict[str, str]:
        """Give who is signed in, as `begin_session` takes it; empty for nobody."""
        if self.leraar:
            return {"leraar": self.leraar}
        return {"naam": self.auditor} if self.auditor else {}


ANYBODY = (
    Visit("start", "/", "/", dark=True),
    Visit("uitleg", "/uitleg", "/uitleg"),
    Visit("niet-gevonden", "", "/bestaat-niet", status=404),
)
LERAAR: tuple[Visit, ...] = ()
AUDITOR: tuple[Visit, ...] = ()
ALL = (*ANYBODY, *LERAAR, *AUDITOR)
