"""`register bericht ...`: send what is waiting, and see what was not sent."""

import json
import uuid
from functools import partial

import click

from register_service.core.command import owner_connection, owner_transaction
from register_service.registratie import berichten
from register_service.registratie.mail import MailServer
from register_service.settings import load_settings

_WAITING = """
select b.id, b.soort, b.einddatum, b.pogingen, b.storing, b.afgegeven_op,
       case when b.afgegeven_op is not null then 'onzeker' when l.emailadres is null then 'geen-adres'
            when b.pogingen >= %(most)s then 'opgegeven' else 'wacht' end as toestand
from bericht b join leraar l on l.registratienummer = b.leraar
where b.verzonden_op is null and b.vervallen_op is null order by b.einddatum, b.id
"""
_AGAIN = """
update bericht set afgegeven_op = null, bezig_sinds = null, pogingen = 0, storing = null
where id = %s and verzonden_op is null and vervallen_op is null returning id
"""


@click.group("bericht")
def bericht() -> None:
    """Berichten aan leraren: verzenden, en zien wat niet verzonden is."""


@bericht.command("verzend")
def send() -> None:
    """Verzend wat er klaarstaat, elk bericht één keer. De worker doet dit vanzelf elke vijf minuten."""
    settings = load_settings()
    if not settings.smtp_url:
        raise click.ClickException("SMTP_URL ontbreekt: zonder mailserver kan het register niets verzenden.")
    server = MailServer(settings.smtp_url, settings.mail_from)
    tally = berichten.send_waiting(partial(owner_connection, settings), server)
    click.echo(f"{tally.sent} verzonden, {tally.refused} niet aangenomen, {tally.uncertain} onzeker.")


@bericht.command("list")
def list_() -> None:
    """Toon als JSON wat nog niet verzonden is, en waarom niet."""
    with owner_transaction("bericht.getoond") as connection:
        rows = connection.execute(_WAITING, {"most": berichten.MOST_TRIES}).fetchall()
    names = ("id", "soort", "einddatum", "pogingen", "storing", "afgegevenOp", "toestand")
    shown = [dict(zip(names, (str(one) if one is not None else None for one in row), strict=True)) for row in rows]
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


@bericht.command("opnieuw")
@click.argument("nummer", type=click.UUID, metavar="ID")
@click.option("--reden", required=True, help="Waarom; staat in het journaal.")
def again(nummer: uuid.UUID, reden: str) -> None:
    """Zet een onzeker of opgegeven bericht weer klaar. Kijk eerst bij de mailserver of het niet toch is aangekomen."""
    with owner_transaction("bericht.opnieuw", reden) as connection:
        if connection.execute(_AGAIN, (nummer,)).fetchone() is None:
            raise click.ClickException(f"Er is geen bericht {nummer} dat nog verzonden kan worden.")
    click.echo(f"Bericht {nummer} staat weer klaar.")
