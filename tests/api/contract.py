"""The API document as a judge: is this answer one that the document promises?"""

import re
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from register_service.api.openapi import build_document

# Answers that belong to an address, not to an operation, or to nobody's plan.
_OF_THE_ADDRESS = {405, 500}
_OF_THE_DOMAIN = {"etag", "location", "link", "idempotency-replayed", "retry-after", "www-authenticate"}
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and bool(date.fromisoformat(value)))


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or (
        re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z", value) is not None and bool(datetime.fromisoformat(value))
    )


@_FORMATS.checks("uuid", raises=ValueError)
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or str(UUID(value)) == value


class Contract:
    """The document of an application, and its judgement of answers."""

    def __init__(self, app: Flask) -> None:
        self.document = build_document(app)
        self._matcher = app.url_map.bind("localhost")
        self._validator = cache(self._make_validator)

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        """Give the documented operation behind a request; None when there is none."""
        try:
            rule, _ = self._matcher.match(path, "GET" if method == "HEAD" else method, return_rule=True)
        except HTTPException:
            return None
        template = re.sub(r"<\w+:(\w+)>", r"{\1}", rule.rule).removeprefix("/v1")
        item = self.document["paths"].get(template, {})
        operation: dict[str, Any] | None = item.get("get" if method == "HEAD" else method.lower())
        return operation

    def check(self, method: str, path: str, answer: TestResponse) -> None:
        """Hold an answer against the document: status, content type, body, headers."""
        operation = self.operation(method, path)
        if operation is None or answer.status_code in _OF_THE_ADDRESS:
            return
        assert str(answer.status_code) in operation["responses"], (
            f"{method} {path}: {answer.status_code} is not documented"
        )
        promised = self._resolve(operation["responses"][str(answer.status_code)])
        self._check_headers(promised, answer)
        if method != "HEAD":
            self._check_body(promised, answer)

    def errors(self, schema: str, value: object) -> list[str]:
        """Give what is wrong with a value that should be an instance of a schema of the document."""
        return [error.message for error in self._validator(f"#/components/schemas/{schema}").iter_errors(value)]

    def _resolve(self, part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            _, kind, name = part["$ref"].removeprefix("#/").split("/")
            part = self.document["components"][kind][name]
        return part

    def _check_headers(self, promised: dict[str, Any], answer: TestResponse) -> None:
        headers = {name.lower(): self._resolve(header) for name, header in promised["headers"].items()}
        present = {name.lower() for name, _ in answer.headers}
        assert {name for name, header in headers.items() if header.get("required")} <= present
        assert present & _OF_THE_DOMAIN <= headers.keys()

    def _check_body(self, promised: dict[str, Any], answer: TestResponse) -> None:
        if "content" not in promised:
            assert answer.data == b""
            return
        assert answer.mimetype in promised["content"]
        schema = promised["content"][answer.mimetype]["schema"]
        if "$ref" not in schema:  # a file
            return
        found = [
            f"{error.json_path}: {error.message}" for error in self._validator(schema["$ref"]).iter_errors(answer.json)
        ]
        assert not found, found

    def _make_validator(self, reference: str) -> Draft202012Validator:
        # The schemas refer to each other from the root of the document.
        return Draft202012Validator({"$ref": reference, **self.document}, format_checker=_FORMATS)
