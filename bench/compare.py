"""Three requests against the bare application: over HTTP in interleaved runs, and in process."""

import itertools
import json
import statistics
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bench import data, inside, load
from bench.load import Outcome
from bench.report import Figure, at_least, at_most
from bench.serving import BARE, REGISTER, Served, served
from bench.stage import Stage
from register_service.settings import Settings

LERAREN = 25_000
# These are read; the others get aanstellingen, so that what is read stays as it is: 3 bevoegdheden, 2 aanstellingen.
READ = 5_000
BARS = {"dossier": 0.40, "lijst van 100": 0.50, "POST aanstelling": 0.50}
SLOWEST = 2.5
MEMORY = 200.0

# Every call of `requests` writes about days of its own.
FIRST_DAY = date(1950, 1, 1)
_calls = itertools.count()

Requests = Callable[[int], list[str]]


def requests(people: list[str]) -> dict[str, Requests]:
    """Give, per kind, what makes a number of requests; the writes never repeat one."""
    posts = _posts(people[READ:], FIRST_DAY + timedelta(days=200 * next(_calls)))
    return {
        "dossier": lambda count: [
            f"GET /v1/leraren/{number}/dossier" for number in itertools.islice(itertools.cycle(people[:READ]), count)
        ],
        "lijst van 100": lambda count: ["GET /v1/leraren?limiet=100"] * count,
        "POST aanstelling": lambda count: list(itertools.islice(posts, count)),
    }


def _posts(people: list[str], first: date) -> Iterator[str]:
    for order in itertools.count():
        day = (first + timedelta(days=order // len(people))).isoformat()
        body = {
            "vestiging": data.vestiging(order), "functie": "docent", "soort": "vervanging", "begindatum": day,
            "einddatum": day, "betrekkingsomvang": 0.2, "personeelsnummer": f"P{day}{order}",
        }  # fmt: skip
        yield f"POST /v1/leraren/{people[order % len(people)]}/aanstellingen {json.dumps(body)}"


def measure(
    stage: Stage, settings: Settings, people: list[str], *, rounds: int, seconds: float
) -> dict[str, list[Figure]]:
    """Run everything and give the figures."""
    kinds, token = requests(people), stage.token(data.BIG)
    require_same_bytes(settings, kinds, token)
    found = _over_http(settings, kinds, token, rounds, seconds)
    inside_figures = _in_process(settings, kinds, token)
    return {"Against a bare WSGI application, under gunicorn": found, "The same in process, one thread": inside_figures}


def require_same_bytes(settings: Settings, kinds: dict[str, Requests], token: str) -> None:
    """Hold the bare application to the service's own answers: what is compared must do the same work."""
    register, bare = inside.register_app(settings), inside.bare_app(settings)
    for kind in ("dossier", "lijst van 100"):
        (request,) = kinds[kind](1)
        if inside.call(register, request, token) != inside.call(bare, request, token):
            raise SystemExit(f"{kind}: the bare application answers something else")


def _over_http(settings: Settings, kinds: dict[str, Requests], token: str, rounds: int, seconds: float) -> list[Figure]:
    figures = []
    with served(settings, REGISTER) as register, served(settings, BARE) as bare:
        for kind, make in kinds.items():
            ours, theirs = _interleaved(register, bare, make, token, rounds, seconds)
            figures += _compared(kind, ours, theirs)
        figures.append(
            at_most(
                "memory of the largest worker",
                register.workers_mib(),
                MEMORY,
                f"(bare {bare.workers_mib():.0f} MiB)",
                " MiB",
            )
        )
    return figures


def _interleaved(
    register: Served, bare: Served, make: Requests, token: str, rounds: int, seconds: float
) -> tuple[list[Outcome], list[Outcome]]:
    # A run of writes must not come to the end of its requests: 3,000 a second is more than 2 cores can write.
    def once(target: Served, seconds: float) -> Outcome:
        return load.run(target.url, token, make(int(3000 * seconds)), seconds)

    once(register, 2), once(bare, 2)
    pairs = [(once(register, seconds), once(bare, seconds)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _compared(kind: str, ours: list[Outcome], theirs: list[Outcome]) -> list[Figure]:
    errors = sum(outcome.errors for outcome in ours + theirs)
    if errors:
        raise SystemExit(f"{kind}: {errors} answers were errors")
    rate, bare_rate = (statistics.median(outcome.rate for outcome in side) for side in (ours, theirs))
    slow, bare_slow = (statistics.median(outcome.p99 for outcome in side) for side in (ours, theirs))
    return [
        at_least(f"{kind}: requests per second", rate / bare_rate, BARS[kind], f"({rate:.0f} of {bare_rate:.0f})", "x"),
        at_most(f"{kind}: 99th percentile", slow / bare_slow, SLOWEST, f"({slow:.1f} ms, bare {bare_slow:.1f} ms)"),
    ]


def _in_process(settings: Settings, kinds: dict[str, Requests], token: str) -> list[Figure]:
    apps = {"register": inside.register_app(settings), "bare": inside.bare_app(settings)}
    figures = []
    for kind, make in kinds.items():
        for name, app in apps.items():
            for request in make(50):
                inside.call(app, request, token)
            cost = inside.cost(app, make(500), token, settings.database_url)
            outcome = f"{cost.cpu:.2f} ms CPU, {cost.wall:.2f} ms in all, {cost.statements:.0f} statements"
            figures.append(Figure(f"{kind}, {name}", outcome))
    return figures
