"""What holds of every answer, and of every refusal."""

from typing import Any

from werkzeug.test import TestResponse

SECURITY_HEADERS = {
    "API-Version": "1.0.0",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def assert_headers(answer: TestResponse) -> None:
    """Check the headers that every answer carries (NLGov REST API Design Rules 2.2)."""
    found = {name: answer.headers.get(name) for name in SECURITY_HEADERS}
    assert found == SECURITY_HEADERS
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    for name in ("API-Version", "Cache-Control", "Content-Security-Policy"):
        assert len(answer.headers.getlist(name)) == 1


def assert_problem(answer: TestResponse, status: int, code: str | None = None) -> dict[str, Any]:
    """Check that an answer is a refusal as RFC 9457 has it, and give its body."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert_headers(answer)
    body: dict[str, Any] = answer.json  # type: ignore[assignment]
    assert body["status"] == status
    for member in ("type", "title", "detail", "code"):
        assert isinstance(body[member], str) and body[member], member
    assert code is None or body["code"] == code, body
    return body


def assert_invalid(answer: TestResponse, *expected: tuple[str, str, str]) -> dict[str, Any]:
    """Check that an answer is 400 and names exactly these mistakes: (in, location, code)."""
    body = assert_problem(answer, 400, "ongeldige-aanvraag")
    found = [(error["in"], error["location"], error["code"]) for error in body["errors"]]
    assert sorted(found) == sorted(expected)
    assert all(error["detail"].strip() for error in body["errors"])
    return body
