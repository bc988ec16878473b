"""Every scope that a token can carry: `area:action`, alphabetical, each with what it opens."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Scope(StrEnum):
    """What a caller may do. A route names the one scope it asks for; `OPEN` marks a route that asks for none."""

    AANBOD_BEOORDELEN = "aanbod:beoordelen"
    AANBOD_BEVESTIGEN = "aanbod:bevestigen"
    AANBOD_LEZEN = "aanbod:lezen"
    AANBOD_SCHRIJVEN = "aanbod:schrijven"
    AANSTELLINGEN_LEZEN = "aanstellingen:lezen"
    AANSTELLINGEN_SCHRIJVEN = "aanstellingen:schrijven"
    BEVOEGDHEDEN_LEZEN = "bevoegdheden:lezen"
    BEVOEGDHEDEN_SCHRIJVEN = "bevoegdheden:schrijven"
    BEVOEGDHEDEN_VERIFIEREN = "bevoegdheden:verifieren"
    INDUCTIE_DELEN = "inductie:delen"
    INDUCTIE_LEZEN = "inductie:lezen"
    INDUCTIE_SCHRIJVEN = "inductie:schrijven"
    KOPPELCODES_BEHEREN = "koppelcodes:beheren"
    LERAREN_LEZEN = "leraren:lezen"
    LERAREN_SAMENVOEGEN = "leraren:samenvoegen"
    LERAREN_SCHRIJVEN = "leraren:schrijven"
    OPEN = "open"
    ORGANISATIES_LEZEN = "organisaties:lezen"
    PROFESSIONALISERING_BEOORDELEN = "professionalisering:beoordelen"
    PROFESSIONALISERING_DELEN = "professionalisering:delen"
    PROFESSIONALISERING_LEZEN = "professionalisering:lezen"
    PROFESSIONALISERING_SCHRIJVEN = "professionalisering:schrijven"
    RAPPORTAGES_LEZEN = "rapportages:lezen"
    REGISTRATIE_LEZEN = "registratie:lezen"
    REGISTRATIE_SCHRIJVEN = "registratie:schrijven"
    STEEKPROEVEN_BEOORDELEN = "steekproeven:beoordelen"
    STEEKPROEVEN_LEZEN = "steekproeven:lezen"
    VERIFICATIE_TOESTAAN = "verificatie:toestaan"


# Shown in the API document's security scheme, hence in Dutch.
DESCRIPTIONS: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.AANBOD_BEOORDELEN: "Aanbod valideren of afwijzen (alleen een validator)",
        Scope.AANBOD_BEVESTIGEN: "Bevestigen wie aan aanbod heeft meegedaan",
        Scope.AANBOD_LEZEN: "Aanbieders en hun aanbod lezen",
        Scope.AANBOD_SCHRIJVEN: "Aanbod toevoegen en wijzigen",
        Scope.AANSTELLINGEN_LEZEN: "Aanstellingen van leraren lezen",
        Scope.AANSTELLINGEN_SCHRIJVEN: "Aanstellingen toevoegen, wijzigen en beëindigen",
        Scope.BEVOEGDHEDEN_LEZEN: "Bevoegdheden van leraren lezen",
        Scope.BEVOEGDHEDEN_SCHRIJVEN: "Bevoegdheden toevoegen, wijzigen en intrekken",
        Scope.BEVOEGDHEDEN_VERIFIEREN: "Vastleggen dat een bevoegdheid is geverifieerd",
        Scope.INDUCTIE_DELEN: "Instemmen met overname en delen wat er is gezien (alleen de leraar)",
        Scope.INDUCTIE_LEZEN: "Inductietrajecten lezen",
        Scope.INDUCTIE_SCHRIJVEN: "Inductietrajecten starten, bijhouden en afronden",
        Scope.KOPPELCODES_BEHEREN: "Koppelcodes uitgeven waarmee leraren zich aanmelden",
        Scope.LERAREN_LEZEN: "Leraren zoeken en hun dossier lezen",
        Scope.LERAREN_SAMENVOEGEN: "Dubbele dossiers van één leraar samenvoegen",
        Scope.LERAREN_SCHRIJVEN: "Leraren inschrijven, koppelen en wijzigen",
        Scope.ORGANISATIES_LEZEN: "Partnerschappen, besturen, scholen en vestigingen lezen",
        Scope.PROFESSIONALISERING_BEOORDELEN: "Activiteiten goedkeuren of afwijzen (alleen een validator)",
        Scope.PROFESSIONALISERING_DELEN: "Kiezen welke activiteiten de werkgever ziet (alleen de leraar)",
        Scope.PROFESSIONALISERING_LEZEN: "Activiteiten en bewijsstukken van leraren lezen",
        Scope.PROFESSIONALISERING_SCHRIJVEN: "Activiteiten melden, wijzigen en indienen",
        Scope.RAPPORTAGES_LEZEN: "Rapportages ophalen",
        Scope.REGISTRATIE_LEZEN: "Registratie en voortgang van leraren lezen",
        Scope.REGISTRATIE_SCHRIJVEN: "Uitstel, doorhaling en hervatting vastleggen",
        Scope.STEEKPROEVEN_BEOORDELEN: "Uitslagen van steekproeven vastleggen (alleen een validator)",
        Scope.STEEKPROEVEN_LEZEN: "Steekproeven lezen",
        Scope.VERIFICATIE_TOESTAAN: "Openbare verificatie toestaan of weigeren (alleen de leraar)",
    }
)

GRANTABLE: frozenset[Scope] = frozenset(DESCRIPTIONS)
# What only a person may do, with a token of one's own (access.persons); no client of an organisation ever holds it.
PERSONAL: frozenset[Scope] = frozenset(
    {
        Scope.AANBOD_BEOORDELEN,
        Scope.INDUCTIE_DELEN,
        Scope.PROFESSIONALISERING_BEOORDELEN,
        Scope.PROFESSIONALISERING_DELEN,
        Scope.STEEKPROEVEN_BEOORDELEN,
        Scope.VERIFICATIE_TOESTAAN,
    }
)
CLIENT_SCOPES: frozenset[Scope] = GRANTABLE - PERSONAL


class UnknownScopes(ValueError):
    """Words that are no scope a caller can hold; `names` says which, in the order given."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"Onbekende scope: {', '.join(names)}")
        self.names = names


def parse_scopes(words: Iterable[str]) -> frozenset[Scope]:
    """Read words as scopes that a token can carry. Raises UnknownScopes naming every word that is none."""
    words = list(words)
    known = {scope.value for scope in GRANTABLE}
    unknown = [word for word in words if word not in known]
    if unknown:
        raise UnknownScopes(unknown)
    return frozenset(Scope(word) for word in words)


def scope_text(scopes: Iterable[Scope]) -> str:
    """Write scopes as OAuth writes them: sorted, with single spaces (RFC 6749, section 3.3)."""
    return " ".join(sorted(scope.value for scope in scopes))
