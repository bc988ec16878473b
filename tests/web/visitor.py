"""Somebody who looks at pages, and what such a page holds when it is read as HTML."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from tests.api.world import World
from tests.helpers.sessions import sign_in

# Elements that have no end.
_VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")


@dataclass
class Element:
    """An element: its name, attributes and all text inside it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Document(HTMLParser):
    """What a page holds; `mistakes` has ends that do not fit."""

    elements: list[Element] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to read."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one that ends at once, as in SVG."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        if not self._open or self._open.pop().name != tag:
            self.mistakes.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Note text, of every element around it."""
        for element in self._open:
            element.text += data

    def all(self, *names: str) -> list[Element]:
        """Give the elements with these names, in their order."""
        return [element for element in self.elements if element.name in names]

    def text_of(self, name: str) -> str:
        """Give the text of the one element with a name, with single spaces."""
        (element,) = self.all(name)
        return " ".join(element.text.split())

    @property
    def links(self) -> list[str]:
        """Give where the links lead."""
        return [element.attributes["href"] for element in self.all("a")]


def read(answer: TestResponse) -> Document:
    """Read a page."""
    document = Document()
    document.feed(answer.text)
    document.close()
    return document


class Visitor:
    """A browser without scripts, of somebody who may sign in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = world.app.test_client()

    def signed_in(self, *, leraar: str | None = None) -> "Visitor":
        """Sign in as a leraar, or else as an auditor."""
        sign_in(self.client, self.world.settings.database_url, leraar=leraar)
        return self

    def open(self, path: str, method: str = "GET") -> TestResponse:
        """Open a page; redirects are not followed."""
        return self.client.open(path, method=method)

    def page(self, path: str) -> Document:
        """Open a page that must be there, and read it."""
        answer = self.open(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return read(answer)

    def main(self, path: str) -> str:
        """Give what the page itself says."""
        return self.page(path).text_of("main")
