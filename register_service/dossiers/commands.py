"""`register leraar ...`: what only the beheerder does with whole dossiers."""

import click

from register_service.core.command import owner_session
from register_service.core.ids import is_registratienummer
from register_service.dossiers import service


class Number(click.ParamType[str]):
    """A registratienummer, check digit included."""

    name = "registratienummer"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the number, or fail with a Dutch message."""
        if not is_registratienummer(value):
            self.fail(f"'{value}' is geen registratienummer: tien cijfers, het laatste een controlecijfer.", param, ctx)
        return value


@click.group("leraar")
def leraar() -> None:
    """Dossiers van leraren beheren."""


@leraar.command("samenvoegen")
@click.argument("van", type=Number())
@click.argument("naar", type=Number())
@click.option("--reden", required=True, help="Waarom; staat in het journaal.")
def samenvoegen(van: str, naar: str, reden: str) -> None:
    """Voeg dossier VAN samen met NAAR: alles gaat mee, en het oude nummer blijft voor altijd doorverwijzen.

    Kan niet zolang aanstellingen of verblijven zouden overlappen, of beide een inductietraject hebben; dan is er niets gewijzigd.
    """
    with owner_session("leraar.samengevoegd", reden) as session:
        service.merge_dossiers(session, van, naar)
    click.echo(f"Dossier {van} gaat verder als {naar}.")
