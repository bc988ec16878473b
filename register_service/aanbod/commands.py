"""`register aanbieder ...`: who may offer activities, kept by the beheerder."""

import json

import click
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register_service.aanbod import service
from register_service.aanbod.models import Aanbieder
from register_service.aanbod.schemas import AanbiederInvoerSchema, AanbiederSchema
from register_service.core.command import owner_session
from register_service.core.errors import FieldError, Invalid
from register_service.core.validation import load


@click.group("aanbieder")
def aanbieder() -> None:
    """Aanbieders van professionalisering bijhouden."""


@aanbieder.command("add")
@click.argument("kvk_nummer", metavar="KVK")
@click.argument("naam")
@click.option("--internetadres", default=None, help="De website.")
@click.option("--reden", default=None, help="Waarom; staat in het journaal.")
def add(kvk_nummer: str, naam: str, internetadres: str | None, reden: str | None) -> None:
    """Voeg een aanbieder toe; geef hem daarna toegang met 'register client create --aanbieder KVK'.

    Kijk in het Handelsregister na of het KvK-nummer van deze aanbieder is: aan het nummer zelf is dat niet te zien.
    """
    given = {"kvkNummer": kvk_nummer, "naam": naam, "internetadres": internetadres}
    try:
        with owner_session("aanbieder.toegevoegd", reden) as session:
            click.echo(_added(session, given))
    except IntegrityError as error:
        raise click.ClickException("Iemand anders legde tegelijk hetzelfde vast; herhaal de opdracht.") from error


def _added(session: Session, given: dict[str, str | None]) -> str:
    errors: list[FieldError] = []
    values = load(AanbiederInvoerSchema(), given, "body", errors)
    if errors:
        raise Invalid(errors)
    known = session.scalars(select(Aanbieder).where(Aanbieder.kvk_nummer == values["kvk_nummer"])).one_or_none()
    if known is None:
        service.add_aanbieder(session, values)
        return f"Aanbieder {values['naam']} (KvK {values['kvk_nummer']}) toegevoegd."
    if (known.naam, known.internetadres) == (values["naam"], values["internetadres"]):
        return f"Aanbieder {known.naam} staat al zo in het register; er is niets gewijzigd."
    raise click.ClickException(
        f"KvK-nummer {known.kvk_nummer} is al van een aanbieder ({known.naam}). "
        f"Wijzig die over de API: PATCH /v1/aanbieders/{known.id}."
    )


@aanbieder.command("list")
def list_() -> None:
    """Toon alle aanbieders als JSON, op naam."""
    with owner_session("aanbieder.bekeken") as session:
        rows = session.scalars(select(Aanbieder).order_by(Aanbieder.naam, Aanbieder.kvk_nummer)).all()
        found = [AanbiederSchema().dump(row) for row in rows]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
