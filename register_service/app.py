"""Making the application: the one list of slices."""

from flask import Flask
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

import register_service.tables  # noqa: F401 - all of them, so that each foreign key finds the table it refers to
from register_service.aanbod import routes as aanbod
from register_service.aanbod import rules as aanbod_rules
from register_service.aanmelding import routes as aanmelding
from register_service.aanstellingen import following
from register_service.aanstellingen import routes as aanstellingen
from register_service.aanstellingen import rules as aanstellingen_rules
from register_service.access import token_endpoint
from register_service.access.keys import KeyStore
from register_service.access.tokens import TokenAuthority
from register_service.api import documents, downloads, headers, observing, openapi, paths, problems
from register_service.api.call import Services
from register_service.api.operation import RegisterBlueprint
from register_service.bevoegdheden import routes as bevoegdheden
from register_service.bevoegdheden import rules as bevoegdheden_rules
from register_service.core import integrity, logs
from register_service.core.db import Database
from register_service.core.figures_of_today import FiguresOfToday
from register_service.dossiers import routes as dossiers
from register_service.inductie import routes as inductie
from register_service.inductie import rules as inductie_rules
from register_service.inductie.service.following import FOLLOWER as INDUCTIE
from register_service.leraren import routes as leraren
from register_service.leraren import rules as leraren_rules
from register_service.organisaties import routes as organisaties
from register_service.professionalisering import routes as professionalisering
from register_service.professionalisering import rules as professionalisering_rules
from register_service.rapportages import routes as rapportages
from register_service.regelingen import routes as regelingen
from register_service.registratie import routes as registratie
from register_service.settings import Settings
from register_service.storage.opening import open_storage
from register_service.web import registering as web

SLICES: tuple[RegisterBlueprint, ...] = (
    organisaties.blueprint,
    regelingen.blueprint,
    leraren.blueprint,
    aanmelding.blueprint,
    bevoegdheden.blueprint,
    aanstellingen.blueprint,
    inductie.blueprint,
    aanbod.blueprint,
    professionalisering.blueprint,
    registratie.blueprint,
    dossiers.blueprint,
    rapportages.blueprint,
)
RULES = (
    leraren_rules,
    bevoegdheden_rules,
    aanstellingen_rules,
    inductie_rules,
    aanbod_rules,
    professionalisering_rules,
)


def create_app(settings: Settings) -> Flask:
    """Make the application of one process; it connects to PostgreSQL at the first request that needs it."""
    logs.configure(settings.log_level)
    app = Flask("register_service", static_folder=None)
    app.config.update(
        BASE_URL=settings.base_url,
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        PROMETHEUS_DIR=str(settings.prometheus_dir) if settings.prometheus_dir else None,
        TRAP_HTTP_EXCEPTIONS=False,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.extensions["register"] = _services(settings)
    _add_api(app)
    token_endpoint.register(app)
    for part in (observing, documents, downloads, headers, problems):
        part.register(app)
    web.register(app, settings)
    return app


def _services(settings: Settings) -> Services:
    database = Database(
        settings.app_database_url, pool_size=settings.pool_size, timeout_ms=settings.statement_timeout_ms
    )
    authority = TokenAuthority(settings.base_url, KeyStore(settings.key_dir / "tokens"))
    return Services(database, FiguresOfToday(database), authority, open_storage(settings))


def _add_api(app: Flask) -> Api:
    api = openapi.configure(app)
    paths.register(app, api)
    for blueprint in SLICES:
        api.register_blueprint(blueprint)
    following.FOLLOWERS[:] = [INDUCTIE]
    for rules in RULES:
        integrity.declare(rules.CONSTRAINTS)
    app.extensions["register-api"] = api
    return api
