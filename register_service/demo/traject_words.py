"""Words and figures that generated trajecten are made of. Nothing in it is about anybody."""

VERLENGING = (
    "Klassenmanagement en differentiëren vragen nog oefening; de leraar wil dit zelf ook.",
    "De leraar heeft dit jaar een andere leerjaargroep gekregen en wil die ervaring meenemen in het oordeel.",
    "Een deel van het inductieprogramma is nog niet uitgevoerd; de afspraken voor de extra maanden staan in het verslag.",
)
VERLENGING_NA_AFWEZIGHEID = (
    "Door een lange afwezigheid zijn er te weinig lesobservaties om een oordeel op te baseren.",
    "Na het verlof is er meer tijd nodig om het programma van het laatste jaar uit te voeren.",
)
VERLENGING_NA_WISSELING = (
    "Door de wisseling van school is een deel van het programma niet uitgevoerd; er is meer tijd nodig.",
)
NIET_BEHAALD = (
    "Ook na extra begeleiding blijft het klassenmanagement onder het niveau van basisbekwaam; zie het eindverslag.",
    "De doelen voor instructie en differentiatie zijn niet gehaald; zie het eindverslag.",
)
NIET_BEHAALD_EN_WEG = (
    "De leraar heeft de afgesproken ontwikkeldoelen niet bereikt en heeft gekozen voor ander werk.",
    "De doelen van het tweede jaar zijn niet gehaald; leraar en leidinggevende zien geen vervolg in het onderwijs.",
)
VERVROEGD = (
    "De leraar heeft eerdere ervaring als docent in het bedrijfsleven en scoort bij alle observaties ruim voldoende.",
    "Alle doelen zijn aantoonbaar gehaald; leraar, coach en leidinggevende vinden verdere inductie niet nodig.",
    "De leraar gaf voor de inductie al les als invaller en functioneert als een ervaren collega.",
)
BEHAALD = (
    "De leraar is vakbekwaam: de lessen zijn in orde, en de leraar draagt bij aan het team.",
    "De doelen van het inductieprogramma zijn gehaald.",
)
VRIJSTELLING = {
    "elders-behaald": (
        "Inductie behaald bij een schoolbestuur buiten de regio; de verklaring is gezien.",
        "Driejarig inductieprogramma afgerond bij de vorige werkgever, verklaring in het personeelsdossier.",
        None,
    ),
    "ruime-ervaring": ("Gaf al jaren les buiten de regio voor de aanstelling hier.", None),
    "overig": (
        "Gaf jarenlang les in het buitenland; vergelijkbare begeleiding is aangetoond.",
        "Keert terug in het onderwijs na jaren als lerarenopleider.",
    ),
}
STOP_REDEN = {"buiten-regio": "buiten-regio", "buiten-onderwijs": "buiten-onderwijs"}

# Domains of an instrument; each is scored from 1 to 4.
ONDERDELEN = {
    "ICALT": (
        "veilig en stimulerend leerklimaat", "efficiënte lesorganisatie", "duidelijke en gestructureerde instructie",
        "intensieve en activerende les", "afstemmen van instructie op verschillen", "leerstrategieën aanleren",
    ),
    "DOT": ("pedagogisch klimaat", "klassenmanagement", "instructie", "activering", "differentiatie", "feedback"),
    "eigen": ("contact met de klas", "opbouw van de les", "uitleg", "betrokkenheid van leerlingen"),
}  # fmt: skip
TOELICHTING = (
    "Volgende keer meer wachttijd na een vraag.",
    "Rustige start; het afsluiten van de les kan strakker.",
    "Goede sfeer. Ik wil meer variatie in werkvormen.",
    None,
    None,
)

# Hours a year of somebody with full hours, per criterium of the cao in its order: years 1, 2, 3 and later.
HOURS = ((120, 24, 40, 24, 20), (80, 12, 40, 18, 20), (40, 8, 40, 12, 16))

_GIVEN_NAMES = """
Anna Anouk Carlijn Chantal Denise Eline Eva Femke Floor Fleur Hanneke Heleen Ilse Inge Joëlle Judith Karin Kim
Laura Lieke Linda Loes Marieke Marloes Mirjam Nienke Petra Renée Rianne Roos Sanne Saskia Sofie Suzanne Wendy
Yvonne Zoë Michèle Chloé Anke Fenna Froukje Maaike Minke Nynke Sietske Wytske Ytsje Sjoukje Ayşe Büşra Çağla
Derya Elif Esra Fatma Gül Merve Özge Selin Şule Tuğba Amina Chaïma Fatima Hafsa Khadija Loubna Naïma Samira
Chandra Devika Indra Kavita Nisha Sharda Shanti Soraya Xaviera Agnieszka Dorota Ewa Grażyna Joanna Katarzyna
Małgorzata Zofia Beatriz Dayana Gisèle Keila Mariëlla Sofía Zulaika Anja Dörte Käthe Lena Ulrike Dewi Indah
Martha Nona Ria Sitti Yanti
"""
# Those after which zwangerschapsverlof makes no reader look up.
MOTHERS = frozenset(_GIVEN_NAMES.split())
