"""What the demo provider answers: a page to choose who to be, and what OpenID Connect asks of a provider."""

from collections.abc import Sequence
from typing import Any

from authlib.oauth2 import OAuth2Error
from flask import Flask, Response, redirect, render_template, request

from register_service.runtime.demo_provider.server import ALGORITHM, Client, Person, Server

_STYLE = """
:root { color-scheme: light dark; font: 1.125rem/1.5 sans-serif }
body { margin: 0 auto; max-inline-size: 36rem; padding: 1rem }
ul { list-style: none; padding: 0 }
button { font: inherit; inline-size: 100%; margin-block: 0.25rem; padding: 0.75rem; text-align: start }
button span { display: block }
"""
# No form-action: a form here leads to the register, and a browser applies it to where it is led as well.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
}


def create_app(issuer: str, client: Client, people: Sequence[Person]) -> Flask:
    """Make the provider at `issuer`, for one client, with these people to choose from."""
    app = Flask("register_service.runtime.demo_provider", static_folder=None)
    server = Server(app, client, issuer)
    _Routes(issuer, client, {person.subject: person for person in people}, server).add_to(app)
    app.after_request(_with_headers)
    return app


class _Routes:
    def __init__(self, issuer: str, client: Client, people: dict[str, Person], server: Server) -> None:
        self._issuer, self._client, self._people, self._server = issuer, client, people, server

    def add_to(self, app: Flask) -> None:
        app.add_url_rule("/.well-known/openid-configuration", "metadata", self.metadata)
        app.add_url_rule("/jwks", "jwks", self.jwks)
        app.add_url_rule("/authorize", "ask", self.ask)
        app.add_url_rule("/authorize", "choose", self.choose, methods=["POST"])
        app.add_url_rule("/token", "token", self.token, methods=["POST"])
        app.add_url_rule("/end", "end", self.end)
        app.add_url_rule("/stijl.css", "style", lambda: Response(_STYLE, mimetype="text/css"))

    def metadata(self) -> dict[str, Any]:
        """Tell what this provider is and does (OpenID Connect Discovery 1.0)."""
        return {
            "issuer": self._issuer,
            "authorization_endpoint": f"{self._issuer}/authorize",
            "token_endpoint": f"{self._issuer}/token",
            "jwks_uri": f"{self._issuer}/jwks",
            "end_session_endpoint": f"{self._issuer}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def jwks(self) -> dict[str, Any]:
        """Give the public half of the key that signs."""
        return {"keys": [self._server.key.as_dict(private=False)]}

    def ask(self) -> Any:
        """Show the people to choose from, if it is the register that asks."""
        try:
            self._server.get_consent_grant()
        except OAuth2Error as error:
            return render_template("geweigerd.html", error=error.error), 400
        return render_template("kies.html", people=list(self._people.values()))

    def choose(self) -> Any:
        """Send whoever was chosen back with a code, or nobody with a refusal."""
        person = self._people.get(request.form.get("wie", ""))
        try:
            grant = self._server.get_consent_grant(end_user=person)
            return self._server.create_authorization_response(grant=grant, grant_user=person)
        except OAuth2Error as error:
            return render_template("geweigerd.html", error=error.error), 400

    def token(self) -> Any:
        """Change a code for a token."""
        return self._server.create_token_response()

    def end(self) -> Any:
        """Lead back: nobody stays signed in here."""
        wanted = request.args.get("post_logout_redirect_uri", "")
        own = self._client.redirect_uri.partition("/aanmelden/")[0]
        return redirect(wanted, 303) if wanted.startswith(f"{own}/") else render_template("afgemeld.html")


def _with_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
