"""Schemas of reports: what can be asked, and what comes back as JSON."""

from marshmallow import fields

from register_service.api.schemas import PageQuery
from register_service.core.fields import Choice, Day, Key, Moment, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained
from register_service.organisaties.models import SECTORS
from register_service.rapportages.dataset import DIMENSIES
from register_service.rapportages.forms import FORMS
from register_service.rapportages.werklijst import SOORTEN

VRAAG: Explained = {
    "periode_van": ("Eerste dag van de periode; zonder: de eerste van het laatste hele schooljaar.", "2025-08-01"),
    "periode_tot": ("Laatste dag van de periode; zonder: de laatste van dat schooljaar.", "2026-07-31"),
    "per": ("Waarnaar wordt uitgesplitst; welke dat kunnen zijn, staat bij het rapport.", "sector"),
    "sector": ("Alleen deze sector.", "vo"),
    "partnerschap": ("Alleen dit partnerschap.", None),
    "bestuur": ("Alleen dit bestuur, naar bestuursnummer.", "41285"),
    "vestiging": ("Alleen deze vestiging, naar vestigingscode.", "00AA00"),
    "cohort": ("Alleen dit cohort: een schooljaar.", "2023-2024"),
    "beschikbaar_op": (
        "Het verzegelde tijdstip waarvan het rapport is; zonder: het laatste. Op hetzelfde tijdstip is het altijd hetzelfde.",
        "2026-08-01T12:00:00Z",
    ),
}


class VraagQuery(ApiSchema):
    """What a report is asked for."""

    explained = VRAAG

    periode_van = Day()
    periode_tot = Day()
    per = Text(20)
    sector = Choice(SECTORS, codelist="Sector")
    partnerschap = Key()
    bestuur = Text(5, pattern="[0-9]{5}", hint="Geef het bestuursnummer: vijf cijfers.")
    vestiging = Text(6, pattern="[0-9]{2}[A-Z]{2}[0-9]{2}", hint="Geef een vestigingscode, zoals 00AA00.")
    cohort = Text(9, pattern="[0-9]{4}-[0-9]{4}", hint="Geef een schooljaar, zoals 2023-2024.")
    beschikbaar_op = Moment()


class RapportQuery(VraagQuery):
    """The same over the API, with the form of the answer."""

    formaat = Choice(
        tuple(FORMS),
        codelist="RapportFormaat",
        metadata={"description": "De vorm van het antwoord; gaat voor de kop 'Accept'.", "examples": ["csv"]},
    )


class RapportageSchema(ApiSchema):
    """A report that can be asked for."""

    about = "Een rapport dat kan worden opgehaald."
    explained = {  # noqa: RUF012
        "naam": ("De naam, in het adres.", "inductie"),
        "titel": ("Hoe het heet.", "Inductie van starters"),
        "definitie": (
            "Wat het vertelt, en wie er meetelt.",
            "Hoe het gaat met de inductietrajecten die in de periode liepen.",
        ),
        "dimensies": ("Waarnaar het kan worden uitgesplitst.", ["sector", "bestuur"]),
        "toelichting": ("Wat verder van belang is om de cijfers te lezen.", ["Elke leraar telt één keer."]),
    }

    naam = fields.String(required=True)
    titel = fields.String(required=True)
    definitie = fields.String(required=True)
    dimensies = fields.List(Choice(tuple(DIMENSIES), codelist="RapportDimensie"), required=True)
    toelichting = fields.List(fields.String(), required=True)


class RapportagesSchema(ApiSchema):
    """All reports."""

    about = "De rapporten die u kunt ophalen."

    items = fields.List(
        fields.Nested(RapportageSchema), required=True, metadata={"description": "De rapporten, op volgorde."}
    )
    volgende = fields.String(
        required=True, allow_none=True, metadata={"description": "Altijd null: dit zijn ze allemaal."}
    )


class ControlepuntSchema(ApiSchema):
    """The checkpoint a report rests on."""

    about = "Het ondertekende controlepunt van het journaal waarop het rapport rust."
    explained = {  # noqa: RUF012
        "size": ("Hoeveel regels het journaal toen had.", 132799),
        "root": ("De wortel van de Merkle-boom over die regels, in base64.", None),
        "note": ("De ondertekende tekst (C2SP tlog-checkpoint).", None),
    }

    size = fields.Integer(required=True)
    root = fields.String(required=True)
    note = fields.String(required=True)


class RapportKolomSchema(ApiSchema):
    """A column of a report."""

    about = "Een kolom van een rapport."
    explained = {  # noqa: RUF012
        "naam": ("De naam, als sleutel in 'waarden'.", "lopendOpSchema"),
        "titel": ("Hoe de kolom heet.", "Lopend, op schema"),
        "definitie": ("Wat er staat.", "Op de laatste dag loopt het traject en is er niets over tijd."),
        "soort": ("Wat voor getal het is; een telling is van mensen.", "telling"),
        "eenheid": ("De eenheid; null: een aantal.", "maanden"),
        "van": ("De tellingen waarop het rust: is daarvan een afgeschermd, dan dit ook.", ["behaaldOpTijd"]),
    }

    naam = fields.String(required=True)
    titel = fields.String(required=True)
    definitie = fields.String(required=True)
    soort = Choice(
        ("telling", "percentage", "gemiddelde", "mediaan", "som", "tekst"), codelist="RapportKolomSoort", required=True
    )
    eenheid = fields.String(required=True, allow_none=True)
    van = fields.List(fields.String(), required=True)


class RapportRijSchema(ApiSchema):
    """A row of a report."""

    about = "Een rij van een rapport."
    explained = {  # noqa: RUF012
        "sleutel": ("Waarvan de rij is: een sector, een nummer of een code; leeg waar die ontbreekt.", "vo"),
        "naam": ("Hoe dat heet.", "vo"),
        "waarden": (
            "Per kolom een getal. `<5`: minder dan vijf mensen; `•`: afgeschermd, zodat die aantallen niet zijn uit te rekenen; "
            "null: er is niets te melden.",
            {"totaal": 205, "begonnen": 67, "onderbroken": "<5"},
        ),
    }

    sleutel = fields.String(required=True)
    naam = fields.String(required=True)
    waarden = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class RapportSchema(ApiSchema):
    """A report, with all that it takes to make it again."""

    about = "Een rapport, met wat nodig is om het opnieuw te maken."
    explained = {  # noqa: RUF012
        "naam": ("Welk rapport.", "inductie"),
        "titel": ("Hoe het heet.", "Inductie van starters"),
        "definitie": (
            "Wat het vertelt, en wie er meetelt.",
            "Hoe het gaat met de inductietrajecten die in de periode liepen.",
        ),
        "toelichting": ("Wat verder van belang is om de cijfers te lezen.", ["Elke leraar telt één keer."]),
        "parameters": ("Wat is gevraagd; met deze parameters komt hetzelfde rapport terug.", {"per": "sector"}),
        "beschikbaar_op": ("Het verzegelde tijdstip waarvan het is.", "2026-08-01T12:00:00.000000Z"),
        "aantal_rijen": ("Hoeveel rijen er zijn, zonder het totaal.", 4),
    }

    naam = fields.String(required=True)
    titel = fields.String(required=True)
    definitie = fields.String(required=True)
    toelichting = fields.List(fields.String(), required=True)
    parameters = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    beschikbaar_op = Moment(required=True)
    controlepunt = fields.Nested(
        ControlepuntSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Waarop het rapport rust; null: het journaal was nog niet begonnen."},
    )
    aantal_rijen = fields.Integer(required=True)
    kolommen = fields.List(
        fields.Nested(RapportKolomSchema), required=True, metadata={"description": "De kolommen, op volgorde."}
    )
    rijen = fields.List(fields.Nested(RapportRijSchema), required=True, metadata={"description": "De rijen."})
    totaal = fields.Nested(RapportRijSchema, required=True, metadata={"description": "Alle rijen samen."})


_TITELS = {soort: melding.titel for soort, melding in SOORTEN.items()}
WERKLIJST: Explained = {
    "registratienummer": ("De leraar.", "2657035144"),
    "soort": ("Wat er is gevonden.", "zonder-bevoegdheid"),
    "titel": ("Hoe dat heet.", "Geen bevoegdheid"),
    "sinds": ("Sinds wanneer het zo is, of voor welke dag er iets moet gebeuren.", "2026-08-01"),
    "object_soort": ("Waarvan 'object' de sleutel is.", "aanstelling"),
    "object": ("De sleutel van wat er is gevonden.", "01890000-0000-7000-8000-000000000003"),
    "bestuur": ("Het bestuur dat het kan oplossen.", "41285"),
    "vestiging": ("De vestiging waar de leraar werkt.", "00AA00"),
    "wat_te_doen": ("Wat u kunt doen.", "Voeg de bevoegdheid toe, of wijzig de soort van de aanstelling."),
}


WERKLIJST_VRAAG: Explained = {
    "soort": ("Alleen deze soort.", "zonder-bevoegdheid"),
    "bestuur": ("Alleen dit bestuur; een bestuur krijgt altijd zijn eigen lijst.", "41285"),
    "vestiging": ("Alleen deze vestiging.", "00AA00"),
    "formaat": ("De vorm: json per pagina, csv de hele lijst. Gaat voor de kop 'Accept'.", "csv"),
}


class WerklijstQuery(PageQuery):
    """What a work list is asked for."""

    explained = WERKLIJST_VRAAG

    geldig_op = Day(metadata={"description": "De dag waar het over gaat. Zonder: vandaag.", "examples": ["2026-11-23"]})
    soort = Choice(tuple(SOORTEN), codelist="MeldingSoort", meanings=_TITELS)
    bestuur = Text(5, pattern="[0-9]{5}", hint="Geef het bestuursnummer: vijf cijfers.")
    vestiging = Text(6, pattern="[0-9]{2}[A-Z]{2}[0-9]{2}", hint="Geef een vestigingscode, zoals 00AA00.")
    formaat = Choice(("json", "csv"), codelist="WerklijstFormaat")


class WerklijstRegelSchema(ApiSchema):
    """A finding on the work list."""

    about = "Een regel van de werklijst: wat er bij een leraar ontbreekt, te laat is of elkaar tegenspreekt."
    explained = WERKLIJST

    registratienummer = Registratienummer(required=True)
    soort = Choice(tuple(SOORTEN), codelist="MeldingSoort", meanings=_TITELS, required=True)
    titel = fields.String(required=True)
    sinds = Day(required=True, allow_none=True)
    object_soort = Choice(
        sorted({melding.object_soort for melding in SOORTEN.values()}), codelist="MeldingObjectSoort", required=True
    )
    object = fields.UUID(required=True)
    bestuur = Text(5, required=True)
    vestiging = Text(6, required=True)
    wat_te_doen = fields.String(required=True)
