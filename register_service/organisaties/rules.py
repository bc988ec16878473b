"""Rules of the organisations: pure, values in, decision out (domain.md, Organisation)."""

import re

BESTUURSNUMMER = re.compile(r"[0-9]{5}", re.ASCII)
BRIN = re.compile(r"[0-9]{2}[A-Z]{2}", re.ASCII)
VESTIGINGSCODE = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{2}", re.ASCII)
