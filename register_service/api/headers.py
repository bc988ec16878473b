"""Headers of every answer: the version, and what the NLGov REST API Design Rules ask for security."""

from flask import Flask, Response

from register_service.api.openapi import API_VERSION

ALWAYS = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
_BY_KEY = {name.lower(): (name, value) for name, value in {**ALWAYS, "Content-Security-Policy": CONTENT_POLICY}.items()}


def add_headers(response: Response) -> Response:
    """Add the headers; a page that needs more from its own origin has set its own policy already."""
    there = {name.lower() for name, _ in response.headers}
    response.headers.extend([header for key, header in _BY_KEY.items() if key not in there])
    return response


def register(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(add_headers)
