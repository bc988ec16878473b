"""A page of docs that tells a story, as it is written: every call and command on its day, every line of every answer.

The forms: `## 15 juni 2022: ...` sets the day. A block `http` is a call, `METHOD /v1/path (who)` with headers and body as in
HTTP; `< name` for a body is a file beside the page. The block after it says status and answer, and which values are kept for
later calls: `json 201 leraar=registratienummer`. A block `sh` is a command of the keeper; what it prints may follow. `{name}`
is a kept value, `...` what is left out.
"""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click.testing import CliRunner
from werkzeug.test import TestResponse

from register_service.cli.main import cli
from register_service.core.days import MONTHS
from tests.support import Register, on_day

DOCS = Path(__file__).parents[1] / "docs"
# Callers of which a page says no number.
WHO = {"41285": "a", "41300": "b", "beheer": "k", "anyone": None}
# What is left out of an answer; in the page without quotes.
LEFT_OUT = "..."
_PART = re.compile(
    r"^## (?P<day>\d+) (?P<month>\w+) (?P<year>\d{4}):"
    r"|^```http\n(?P<call>.*?)^```\n```(?:json|text) (?P<status>\d+)(?P<kept>[^\n]*)\n(?P<answer>.*?)^```"
    r"|^```sh\n(?P<command>.*?)^```(?:\n```(?:json|text)(?P<found>[^\n]*)\n(?P<printed>.*?)^```)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Told:
    """A call or a command of a page, its day, and what the page says comes of it; a command has no status."""

    day: tuple[int, int, int]
    text: str
    status: int | None
    kept: str
    answer: str


@dataclass
class Story:
    """Does what a page tells, and keeps the values that come later. `environ`: settings of the commands."""

    register: Register
    environ: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def tell(self, told: Told) -> None:
        """Do one thing and compare; then it is sealed, as the worker does within a second."""
        with on_day(*told.day):
            if told.status is None:
                self._command(told)
            else:
                self._call(told, told.status)
        self.register.seal()

    def _call(self, told: Told, status: int) -> None:
        head, _, body = self._fill_in(told.text).partition("\n")
        method, target, who = re.fullmatch(r"(\w+) (\S+) \((\w+)\)", head).groups()  # type: ignore[union-attr]
        answer = self._send(method, target, self._token(who), body)
        assert answer.status_code == status, (head, answer.text)
        if told.answer.startswith("< "):
            assert answer.data == _file(told.answer), head
        elif told.answer:
            self._compare(told, answer.get_json(), head)
        else:
            assert answer.data == b"", head

    def _command(self, told: Told) -> None:
        name, *words = shlex.split(self._fill_in(told.text))
        assert name == "register"
        settings = self.register.settings
        environ = {"DATABASE_URL": settings.database_url, "KEY_DIR": str(settings.key_dir), **self.environ}
        result = CliRunner().invoke(cli, words, env=environ)
        assert result.exit_code == 0, (told.text, result.output)
        if told.answer.startswith("{"):
            self._compare(told, json.loads(result.output), told.text)
        elif told.answer:
            assert result.output == self._fill_in(told.answer), told.text

    def _compare(self, told: Told, got: Any, where: str) -> None:
        same(said_in(self._fill_in(told.answer)), got, where)
        for one in told.kept.split():
            name, _, path = one.partition("=")
            self.values[name] = _at(got, path)

    def _send(self, method: str, target: str, who: str | None, text: str) -> TestResponse:
        address = urlsplit(target)
        path = f"{address.path}?{address.query}" if address.query else address.path
        headers = {} if who is None else {"Authorization": f"Bearer {who}"}
        if (etag := self._etag(method, path, headers)) is not None:
            headers["If-Match"] = etag
        lines, body = _headers_and_body(text)
        return self.register.app.test_client().open(path, method=method, headers={**headers, **lines}, data=body)

    def _etag(self, method: str, path: str, headers: dict[str, str]) -> str | None:
        """Give the ETag that a client has of what it read last."""
        resource = re.sub(r"/_\w+$", "", path)
        if method == "GET" or (method == "POST" and resource == path):
            return None
        return self.register.app.test_client().get(resource, headers=headers).headers.get("ETag")

    def _token(self, who: str) -> str | None:
        if who in WHO:
            return WHO[who]
        people = {
            "leraar": self.register.as_leraar,
            "validator": self.register.as_validator,
            "aanbieder": self.register.as_aanbieder,
        }
        return people[who](self.values[who])

    def _fill_in(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda match: self.values.get(match[1], match[0]), text)


def tell(register: Register, name: str, **environ: str) -> int:
    """Do all that a page tells, and give how many things that were. `environ`: settings of the commands."""
    page = (DOCS / name).read_text(encoding="utf-8")
    story, told = Story(register, environ), list(told_in(page))
    # None is written in a way in which it is passed over.
    assert len(told) == len(re.findall(r"^```(?:http|sh)$", page, re.MULTILINE))
    for one in told:
        story.tell(one)
    return len(told)


def told_in(page: str) -> Iterator[Told]:
    """Give what a page tells, in order."""
    day = (0, 0, 0)
    for part in _PART.finditer(page):
        if part["day"]:
            day = (int(part["year"]), MONTHS.index(part["month"]) + 1, int(part["day"]))
        elif part["call"]:
            yield Told(day, part["call"], int(part["status"]), part["kept"], part["answer"])
        else:
            yield Told(day, part["command"], None, part["found"] or "", part["printed"] or "")


def said_in(answer: str) -> Any:
    """Read what a page says of an answer."""
    return json.loads(re.sub(r"(?<=[\[ ])\.\.\.(?=[\],}])", f'"{LEFT_OUT}"', answer))


def same(said: Any, got: Any, where: str) -> None:
    """Compare all that a page says with what came: every member it names, every item unless it leaves some out."""
    if isinstance(said, dict):
        assert isinstance(got, dict), (where, got)
        for name, value in said.items():
            assert name in got, (where, name, got)
            same(value, got[name], f"{where} {name}")
    elif isinstance(said, list):
        open_ended = said[-1:] == [LEFT_OUT]
        items = said[:-1] if open_ended else said
        assert len(got) > len(items) if open_ended else len(got) == len(items), (where, got)
        for place, (item, found) in enumerate(zip(items, got, strict=False)):
            same(item, found, f"{where} {place}")
    elif said == LEFT_OUT:
        assert got is not None, where
    else:
        assert said == got, (where, said, got)


def _headers_and_body(text: str) -> tuple[dict[str, str], bytes | None]:
    head, separated, rest = text.partition("\n\n")
    if separated:
        return dict(re.findall(r"^([\w-]+): (.*)$", head, re.MULTILINE)), _file(rest)
    if not text.strip():
        return {}, None
    return {"Content-Type": "application/json"}, text.encode()


def _file(line: str) -> bytes:
    return (DOCS / line.removeprefix("< ").strip()).read_bytes()


def _at(value: Any, path: str) -> str:
    """Follow a path such as `items.0.id`."""
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return str(value)
