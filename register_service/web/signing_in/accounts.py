"""The accounts with which a leraar signs in, and letting one go."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response
from marshmallow import fields
from sqlalchemy.orm import Session

from register_service.aanmelding import codes, queries
from register_service.access.models import ClientSoort
from register_service.api.call import Call
from register_service.api.reading import fetch
from register_service.core.errors import NotFound
from register_service.core.schema import ApiSchema
from register_service.web.page import form, page
from register_service.web.rendering import render
from register_service.web.signing_in.blueprint import blueprint, sign_ins
from register_service.web.signing_in.starting import to

WAYS = {"eckId": "uw school gaf aan dat dit account van u is", "koppelcode": "u vulde een koppelcode in"}


class OntkoppelSchema(ApiSchema):
    """Which account goes."""

    account = fields.UUID(required=True)


@page(blueprint, "/mijn/accounts", role=ClientSoort.LERAAR, purpose="accounts raadplegen")
def list_accounts(call: Call) -> Any:
    """Show with which accounts the leraar signs in, and whether somebody else tried."""
    number = call.caller.leraar
    rows = fetch(call, queries.ACCOUNTS, {"registratienummer": number, "dossier": number})
    if not rows:
        raise NotFound
    return render(
        "accounts.html",
        accounts=orjson.loads(rows[0][0])["items"],
        current=call.caller.client_id,
        names={name: client.provider.naam for name, client in sign_ins().clients.items()},
        ways=WAYS,
    )


@form(
    blueprint,
    "/mijn/accounts/ontkoppelen",
    role=ClientSoort.LERAAR,
    purpose="account ontkoppelen",
    event="account.ontkoppeld",
    body=OntkoppelSchema,
)
def unlink_account(call: Call, session: Session) -> Response:
    """Let an account go. Whoever is signed in with it is no longer."""
    account: UUID = call.body["account"]
    codes.unlink(session, account)
    return to("/afgemeld" if str(account) == call.caller.client_id else "/mijn/accounts")
