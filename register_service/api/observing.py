"""Looking at the service: health for a load balancer, metrics for Prometheus. Neither holds personal data."""

import time

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client import REGISTRY as PROCESS_REGISTRY

from register_service.api.call import Services, answer_json
from register_service.core.errors import Unavailable

REQUESTS = Counter("register_requests_total", "Requests answered", ["endpoint", "method", "status"])
SECONDS = Histogram(
    "register_request_seconds",
    "Time to answer",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
# More than this behind, and as-of reads and proofs lag so far that somebody should look.
SEAL_LAG_SECONDS = 30

blueprint = Blueprint("observing", __name__)

_READY = """
select coalesce(extract(epoch from clock_timestamp() - nullif(sealed_until, '-infinity')), 0)::float from seal_horizon
"""


@blueprint.get("/health/live")
def live() -> Response:
    """Tell that this process answers; nothing else is looked at."""
    return answer_json({"status": "ok"}).response()


@blueprint.get("/health/ready")
def ready() -> Response:
    """Tell whether requests can be served: 503 when the database is gone. A late sealer is a warning, not a refusal."""
    services: Services = current_app.extensions["register"]
    with services.database.autocommit() as connection:
        row = connection.execute(_READY).fetchone()
    if row is None:
        raise Unavailable
    late = row[0] > SEAL_LAG_SECONDS
    return answer_json({"status": "ok", "verzegeling": "loopt achter" if late else "ok"}).response()


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the metrics of all workers together."""
    registry = PROCESS_REGISTRY
    if current_app.config["PROMETHEUS_DIR"]:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=current_app.config["PROMETHEUS_DIR"])  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "unknown"
    REQUESTS.labels(endpoint, request.method, response.status_code).inc()
    started = g.pop("started", None)
    if started is not None:
        SECONDS.labels(endpoint).observe(time.perf_counter() - started)
    return response


def register(app: Flask) -> None:
    """Add the routes and count every request."""
    app.register_blueprint(blueprint)
    app.before_request(_start)
    app.after_request(_count)
