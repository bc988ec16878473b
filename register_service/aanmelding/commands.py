"""`register auditor ...` and `register account ...`: who may sign in, kept by the beheerder."""

import json
from typing import Any
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from register_service.aanmelding import codes
from register_service.aanmelding.models import Account, Koppelcode
from register_service.core import clock
from register_service.core.command import owner_session
from register_service.core.errors import NotFound


@click.group("auditor")
def auditor() -> None:
    """Auditors die zich aanmelden om rapportages te lezen."""


@auditor.command("uitnodigen")
@click.option("--naam", required=True, help="Wie het is; staat in de lijst en in het journaal.")
@click.option("--reden", default=None, help="Waarom; staat in het journaal.")
def invite(naam: str, reden: str | None) -> None:
    """Maak een koppelcode voor een auditor en toon haar; zij is daarna nergens meer te zien.

    De auditor meldt zich aan bij een aanbieder die auditors toelaat (rollen, in AANMELDEN) en vult daar de code in. Zij werkt één
    keer en veertien dagen lang.
    """
    if not naam.strip():
        raise click.UsageError("Geef een naam.")
    with owner_session("koppelcode.uitgegeven", reden) as session:
        made, code = codes.hand_out(session, naam=naam.strip())
        _show({"code": code, "naam": made.naam, "geldigTot": made.geldig_tot.isoformat(), "id": str(made.id)})


@auditor.command("list")
def list_auditors() -> None:
    """Toon de auditors en hun uitnodigingen die nog werken, als JSON; de codes zelf niet."""
    with owner_session("account.bekeken") as session:
        accounts = session.scalars(select(Account).where(Account.soort == "auditor").order_by(Account.id)).all()
        _show({"accounts": [_account(one) for one in accounts], "uitnodigingen": _invitations(session)})


@auditor.command("intrekken")
@click.argument("id", metavar="ID")
@click.option("--reden", default=None, help="Waarom; staat in het journaal.")
def withdraw(id: str, reden: str | None) -> None:
    """Neem een auditor het account af, of trek een uitnodiging in; ID staat in `register auditor list`."""
    identifier = _uuid(id)
    with owner_session("account.ingetrokken", reden) as session:
        invitation = session.get(Koppelcode, identifier)
        account = session.get(Account, identifier)
        if account is not None and account.soort == "auditor" and account.ingetrokken_op is None:
            codes.unlink(session, identifier)
        elif invitation is not None and invitation.naam is not None and _works(invitation):
            codes.withdraw(session, invitation)
        else:
            raise click.ClickException("Zo'n auditor of uitnodiging is er niet. Bekijk ze met 'register auditor list'.")
    click.echo("Ingetrokken. Wie hiermee was aangemeld, is dat niet meer.")


@click.group("account")
def account() -> None:
    """Accounts waarmee leraren zich aanmelden."""


@account.command("list")
@click.option("--leraar", "registratienummer", default=None, metavar="NR", help="Alleen die van één leraar.")
@click.option("--geweigerd", is_flag=True, help="Alleen die waarbij een ander account of eckId is geweigerd.")
def list_accounts(registratienummer: str | None, geweigerd: bool) -> None:
    """Toon accounts van leraren als JSON, ook wat is ingetrokken. `geweigerdOp`: toen kwam iemand op een andere manier."""
    query = select(Account).where(Account.soort == "leraar").order_by(Account.id)
    if registratienummer is not None:
        query = query.where(Account.leraar == registratienummer)
    if geweigerd:
        query = query.where(Account.geweigerd_op.is_not(None))
    with owner_session("account.bekeken") as session:
        _show([_account(one) for one in session.scalars(query).all()])


@account.command("ontkoppel")
@click.argument("id", metavar="ID")
@click.option("--reden", required=True, help="Waarom; staat in het journaal.")
def unlink(id: str, reden: str) -> None:
    """Ontkoppel een account; ID staat in `register account list`. Wie ermee was aangemeld, is dat niet meer."""
    try:
        with owner_session("account.ontkoppeld", reden) as session:
            codes.unlink(session, _uuid(id))
    except NotFound as error:
        raise click.ClickException(str(error)) from error
    click.echo("Ontkoppeld.")


def _invitations(session: Session) -> list[dict[str, Any]]:
    query = select(Koppelcode).where(Koppelcode.naam.is_not(None)).order_by(Koppelcode.id)
    return [
        {"id": str(one.id), "naam": one.naam, "geldigTot": one.geldig_tot.isoformat()}
        for one in session.scalars(query).all()
        if _works(one)
    ]


def _works(code: Koppelcode) -> bool:
    return code.gebruikt_op is None and code.ingetrokken_op is None and code.geldig_tot > clock.now()


def _account(one: Account) -> dict[str, Any]:
    moments = {
        "gekoppeldOp": one.gekoppeld_op,
        "geweigerdOp": one.geweigerd_op,
        "ingetrokkenOp": one.ingetrokken_op,
    }
    whose = {"leraar": one.leraar} if one.leraar else {"naam": one.naam}
    return {
        "id": str(one.id),
        **whose,
        "provider": one.provider,
        "gekoppeldMet": one.gekoppeld_met,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise click.UsageError(f"'{value}' is geen id.") from error


def _show(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
