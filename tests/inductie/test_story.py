"""docs/inductie.md as it is written: every call on its day, every line of every answer."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import Register, on_day

PAGE = (Path(__file__).parents[2] / "docs" / "inductie.md").read_text(encoding="utf-8")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WHO = {"41285": "a", "41300": "b"}
_PART = re.compile(
    r"^## (?P<day>\d+) (?P<month>\w+) (?P<year>\d{4}):|^```http\n(?P<call>.*?)^```\n```json (?P<status>\d+)(?: (?P<kept>\S+))?\n"
    r"(?P<answer>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
# What is left out of a list; in the page without quotes.
LEFT_OUT = "..."


@dataclass
class Call:
    """One call of the page, the day on which it is made, and what the page says of the answer."""

    day: tuple[int, int, int]
    text: str
    status: int
    kept: str | None
    answer: str


@dataclass
class Story:
    """Sends calls, and keeps the values that later ones need."""

    register: Register
    values: dict[str, str] = field(default_factory=dict)

    def fill_in(self, text: str) -> str:
        """Put values in the place of their names."""
        return re.sub(r"\{(\w+)\}", lambda match: self.values.get(match[1], match[0]), text)

    def tell(self, call: Call) -> None:
        """Make a call and compare."""
        line, _, body = self.fill_in(call.text).partition("\n")
        method, path, who = re.fullmatch(r"(\w+) /v1(\S+) \((\w+)\)", line).groups()  # type: ignore[union-attr]
        raw = WHO.get(who) or self.register.as_leraar(self.values["leraar"])
        sent = json.loads(body) if body.strip() else None
        with on_day(*call.day):
            answer = self.register.send(method, path, sent, who=raw, match=self.match(method, path, raw))
        got = answer.get_json()
        assert answer.status_code == call.status, (line, answer.text)
        same(json.loads(call.answer.replace(", ...]", ', "..."]')), got, line)
        if call.kept:
            name, _, source = call.kept.partition("=")
            self.values[name] = got[source]

    def match(self, method: str, path: str, who: str) -> str | None:
        """Give the ETag that a client has of what it read last."""
        resource = re.sub(r"/_\w+$", "", path)
        if method != "PATCH" and resource == path:
            return None
        return self.register.get(resource, who).headers.get("ETag")


def calls() -> Iterator[Call]:
    """Give the calls of the page, in order."""
    day = (0, 0, 0)
    for part in _PART.finditer(PAGE):
        if part["day"]:
            day = (int(part["year"]), MONTHS.index(part["month"]) + 1, int(part["day"]))
        else:
            yield Call(day, part["call"], int(part["status"]), part["kept"], part["answer"])


def same(said: Any, got: Any, where: str) -> None:
    """Compare all that the page says with what came: every member it names, every item unless it leaves some out."""
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
    else:
        assert said == got, where


def test_the_story_goes_as_it_is_told(register: Register) -> None:
    story, told = Story(register), list(calls())
    assert len(told) == PAGE.count("```http") > 30
    for call in told:
        story.tell(call)


def test_the_comparison_itself_sees_a_difference() -> None:
    for said, got in (({"a": 1}, {"a": 2}), ({"a": 1}, {}), ([{"a": 1}], []), ([1], [1, 2]), ([1, LEFT_OUT], [1])):
        try:
            same(said, got, "")
        except AssertionError:
            continue
        raise RuntimeError(f"{said} was taken for {got}")
