"""The documentation page: in Dutch, open to all, and nothing in it comes from elsewhere."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from tests.api.checks import assert_problem
from tests.api.world import World

PAGE = "/v1/docs/"


class _Assets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lang: str | None = None
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside = tag
        if tag == "html":
            self.lang = values.get("lang")
        self.addresses += [value for name in ("src", "href") if (value := values.get(name))]
        self.inline += [f"{name}={value}" for name, value in attrs if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and data.strip():
            self.inline.append(data)


@pytest.fixture(scope="module")
def page(world: World) -> _Assets:
    """The page, parsed."""
    answer = world.send("GET", PAGE, who=None)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    parsed = _Assets()
    parsed.feed(answer.text)
    return parsed


def test_it_is_in_dutch_and_holds_no_script_that_its_policy_would_stop(page: _Assets) -> None:
    assert page.lang == "nl"
    assert page.inline == []


def test_all_it_loads_is_served_from_here(world: World, page: _Assets) -> None:
    assert len(page.addresses) >= 5
    for address in page.addresses:
        assert not urlsplit(address).netloc
        answer = world.send("GET", urljoin(PAGE, address), who=None)
        assert (answer.status_code, bool(answer.data)) == (200, True), address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        expected = {"js": "text/javascript", "css": "text/css", "png": "image/png", "json": "application/json"}
        assert answer.mimetype == expected[address.rpartition(".")[2]]


def test_its_policy_keeps_everything_to_this_origin(world: World) -> None:
    policy = world.send("GET", PAGE, who=None).headers["Content-Security-Policy"]
    directives = {name: set(values) for name, *values in (part.split() for part in policy.split(";"))}
    assert directives["default-src"] == {"'none'"}
    assert directives["script-src"] == directives["connect-src"] == {"'self'"}
    assert directives["frame-ancestors"] == {"'none'"}
    assert not any("//" in value or value == "*" for values in directives.values() for value in values)


def test_the_script_asks_for_nothing_from_elsewhere(world: World) -> None:
    script = world.send("GET", f"{PAGE}page.js", who=None).text
    assert "//" not in script.replace("// ", "")
    assert 'url: "/v1/openapi.json"' in script
    assert "validatorUrl: null" in script


@pytest.mark.parametrize("address", ["/v1/docs"])
def test_it_is_found_without_the_slash_too(world: World, address: str) -> None:
    answer = world.send("GET", address, who=None)
    assert (answer.status_code, answer.headers["Location"]) == (308, PAGE)


@pytest.mark.parametrize(
    "name", ["x.js", "swagger-ui.js", "..%2f..%2fopenapi.py", "%00", "index.html", "a/b", "../documents.py"]
)
def test_nothing_else_is_served(world: World, name: str) -> None:
    assert_problem(world.send("GET", PAGE + name, who=None), 404)


def test_the_document_on_the_page_works_from_where_it_is(world: World) -> None:
    document = world.send("GET", "/v1/openapi.json", who=None).json
    assert document["servers"] == [{"url": "/v1"}]  # type: ignore[index]
    flow = document["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]  # type: ignore[index]
    assert flow["tokenUrl"] == "/oauth/token"
