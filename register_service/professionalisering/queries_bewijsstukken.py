"""Reads of bewijsstukken, by who sees the dossier and by who judges: what a file is, and where its content lies."""

from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.professionalisering.queries import BEWIJSSTUK_JSON, bewijsstukken_json
from register_service.professionalisering.schemas_beoordelingen import BeoordelingBewijsstukSchema

_TABLES = ("leraar", "activiteit", "bewijsstuk")
_OF_LERAAR = """from activiteit a join leraar l on l.registratienummer = a.leraar{join}
    where a.id = %(id)s::uuid and a.leraar = %(registratienummer)s{which} and (%(geldig_op)s::date is null or true)"""
_TO_JUDGE = """from activiteit a{join}
    where a.id = %(id)s::uuid{which} and current_setting('register.role', true) = 'validator'"""
_ONE = {"join": " join bewijsstuk b on b.activiteit = a.id", "which": " and b.id = %(bewijsstuk)s::uuid"}
_ALL = {"join": "", "which": ""}
# What a link is made of. The name of a file may be the leraar's: not for who judges.
_CONTENT = "json_build_object('sha256', b.sha256, 'mediatype', b.mediatype, 'bestandsnaam', {name})"


def _source(body: str, where: str, part: str = "bewijsstukken", *, of_dossier: bool = True) -> Source:
    return Source(f"select a.leraar, {body} as body {where}", tables=_TABLES, parts=(part,), of_dossier=of_dossier)


def _items(shown: str) -> str:
    return f"json_build_object('items', {bewijsstukken_json(shown)}, 'volgende', null)"


ALL = _source(_items(BEWIJSSTUK_JSON), _OF_LERAAR.format(**_ALL))
ONE = _source(BEWIJSSTUK_JSON, _OF_LERAAR.format(**_ONE))
CONTENT = _source(_CONTENT.format(name="b.bestandsnaam"), _OF_LERAAR.format(**_ONE), "bewijsstukken/inhoud")

ALL_TO_JUDGE = _source(
    _items(json_object(BeoordelingBewijsstukSchema, "b")), _TO_JUDGE.format(**_ALL), of_dossier=False
)
CONTENT_TO_JUDGE = _source(
    _CONTENT.format(name="null::text"), _TO_JUDGE.format(**_ONE), "bewijsstukken/inhoud", of_dossier=False
)
