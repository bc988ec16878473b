"""Words that generated aanbod, activiteiten and registraties are made of. Nothing in it is about anybody."""

# Why a validator rejected an activiteit.
AFWIJZING = (
    "Het aantal registeruren past niet bij het programma: reken alleen de uren waarin u zelf leerde.",
    "Uit de omschrijving blijkt niet wat u hebt geleerd. Licht dat toe en dien de activiteit opnieuw in.",
    "Dit hoort bij uw gewone taak; vergaderen en lesgeven tellen niet als professionalisering.",
    "De verdeling over de gebieden klopt niet met de inhoud: dit is vooral overig, niet vakinhoudelijk.",
    "De data ontbreken in het programma dat u noemt; controleer begin en einde.",
    "Deze activiteit valt binnen een opleiding die u al in haar geheel hebt gemeld.",
)
# The same of what a bestuur reported.
AFWIJZING_STUDIEDAG = (
    "Het programma van de dag is vooral overleg over roosters en taken; dat telt niet als professionalisering.",
    "De uren zijn meer dan het programma van de dag laat zien. Pas ze aan en dien de dag opnieuw in.",
    "De verdeling over de gebieden klopt niet met het programma dat u noemt.",
)
AFWIJZING_DUBBEL = "Uw bestuur heeft deze dag al voor u gemeld; zij telt één keer."
# Why a validator rejected aanbod.
AFWIJZING_AANBOD = (
    "Het programma is vooral een productpresentatie. Maak duidelijk wat een deelnemer leert.",
    "De verdeling over de gebieden wordt niet onderbouwd; voeg per dagdeel het leerdoel toe.",
    "Het aantal registeruren is hoger dan de contacttijd met opdrachten samen. Pas dat aan.",
    "De eindtoets ontbreekt in het materiaal; bij zelfstudie is die nodig.",
)
UITSTEL = {
    3: ("De laatste bijeenkomsten van de opleiding vallen na het einde van de periode; het bewijs volgt.",),
    6: (
        "Zwangerschaps- en bevallingsverlof in het laatste halfjaar van de periode.",
        "Langdurig ziek in het laatste jaar; is volgens de bedrijfsarts weer aan het opbouwen.",
    ),
    12: (
        "Ziekteverlof van meer dan een jaar; heeft in die tijd niet gewerkt en geen nascholing gevolgd.",
        "Ouderschapsverlof gevolgd door onbetaald verlof; is sinds kort weer begonnen.",
        "Mantelzorg voor een naaste; met de werkgever zijn afspraken gemaakt over nascholing in het komende jaar.",
    ),
    24: ("Ernstig ziek geweest; het herstel duurt nog en de werkgever steunt dit verzoek.",),
}
DOORHALING = {
    "pensioen": ("Met pensioen.", "Ik ben met pensioen en geef geen les meer.", None),
    "buiten-onderwijs": ("Ik werk niet meer in het onderwijs.", "Andere loopbaan.", None),
    "buiten-regio": ("Ik werk nu buiten de regio.", "Verhuisd; de registratie hier is niet meer nodig.", None),
}
DOORHALING_EVEN = (
    "Een schooljaar gedetacheerd buiten het onderwijs.",
    "Sabbatical van een half jaar.",
    "Op eigen verzoek, in afwachting van een correctie van het dossier.",
)
# Subjects that are written with a capital in the middle of a sentence too.
TALEN = frozenset(
    {"arabisch", "duits", "engels", "frans", "fries", "grieks", "latijn", "nederlands", "ngt", "papiamentu", "spaans",
     "turks"}
)  # fmt: skip
STUDIEDAG = (
    # Of a vestiging itself: titel, verdeling, and the sectors it is for.
    ("Studiedag met het team: begrijpend lezen", "1300", "po so"),
    ("Studiedag met het team: rekenen op maat", "2200", "po so"),
    ("Studiedag met het team: groepsplannen en opbrengsten", "0301", "po so"),
    ("Studiedag met het team: pedagogisch klimaat", "0040", "po so vo mbo"),
    ("Studiedag met het team: gesprekken met ouders", "0031", "po so vo"),
    ("Studiedag met het team: passend onderwijs in onze school", "0130", "po so vo"),
    ("Studiedag met het team: toetsbeleid en cesuur", "0400", "vo mbo"),
    ("Studiedag per vaksectie: programma en toetsing", "2200", "vo"),
    ("Studiedag per vaksectie: vakinhoud en examenstof", "4000", "vo"),
    ("Studiedag per vaksectie: leerlijnen herzien", "3100", "vo"),
    ("Studiedag met het team: herziening van het kwalificatiedossier", "3001", "mbo"),
    ("Studiedag met het team: onderwijskwaliteit en jaarplan", "0112", "po so vo mbo"),
    ("Studiedag met het team: ict in de les", "1300", "po so vo mbo"),
)
