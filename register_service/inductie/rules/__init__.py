"""The rules of the inductietraject (domain.md, Inductietraject). Pure: facts in, a course, a standing or violations out.

`facts` is what went in, `course` what follows from it whatever the day, `standing` what that means on a day, `checks` what
may not be. Dates are inclusive.
"""

CONSTRAINTS = {
    "inductietraject_een_per_leraar": (
        "inductie-bestaat",
        "Deze leraar heeft al een inductietraject dat open, behaald of vrijgesteld is. Werk daarin verder; hoort het bij een "
        "ander bestuur, neem het dan over.",
    ),
    "inductieperiode_geen_overlap": (
        "periode-overlapt",
        "De leraar heeft op een van deze dagen al een verblijf in een inductietraject. Laat dit verblijf op een andere dag "
        "beginnen of eindigen, of sluit eerst het andere.",
    ),
    "begeleiding_een_coach": (
        "coach-overlapt",
        "De leraar heeft op een van deze dagen al een coach. Beëindig die begeleiding eerst, of kies andere dagen.",
    ),
    "onderbreking_geen_overlap": (
        "onderbreking-overlapt",
        "Op een van deze dagen is er al een onderbreking. Wijzig die, of kies andere dagen.",
    ),
    "inductieprogramma_jaar_key": (
        "programma-dubbel",
        "Voor dit inductiejaar is er al een programma. Wijzig dat, in plaats van een tweede vast te leggen.",
    ),
    "overname_instemming_bestuur_fkey": (
        "bestuur-onbekend",
        "Dit bestuursnummer staat niet in het register. Kijk het na.",
    ),
    "observatiescore_observatie_key": (
        "scores-bestaan",
        "Bij deze observatie bewaarde u al scores. Wijzig die.",
    ),
}
