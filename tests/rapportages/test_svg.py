"""Charts: nothing but what may be shown, the same bytes everywhere, readable without colour and without style attributes."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pytest

from register_service.rapportages.renderers.svg import draw as draw_svg
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import Afgeschermd, Kolom, Rij, Tabel

_SVG = "{http://www.w3.org/2000/svg}"
_KOLOMMEN = (
    Kolom("totaal", "Leraren", "Iedereen."),
    Kolom("ja", "Op koers", "Wie op koers is.", blok="koers"),
    Kolom("nee", "Niet op koers", "Wie dat niet is.", blok="koers"),
    Kolom("uren", "RU per leraar", "Gemiddeld.", "gemiddelde", van=("totaal",), decimalen=1),
    Kolom("na_een", "1 jaar", "Na een jaar.", "percentage", van=("totaal",), eenheid="%"),
    Kolom("na_twee", "2 jaar", "Na twee jaar.", "percentage", van=("totaal",), eenheid="%"),
    Kolom("laag", "Ondergrens", "", "percentage", van=("totaal",), eenheid="%"),
    Kolom("hoog", "Bovengrens", "", "percentage", van=("totaal",), eenheid="%"),
)
STAVEN = Grafiek("staven", "Uren per bestuur", ("uren",), "Gemiddelde uren.")
GESTAPELD = Grafiek("gestapeld", "Op koers", ("ja", "nee"))
KOLOMMEN = Grafiek("kolommen", "Op koers in de regio", ("ja", "nee"))
LIJNEN = Grafiek("lijnen", "Wie bleef", ("na_een", "na_twee"), banden=(("laag", "hoog"), ("laag", "hoog")))
ALL = (STAVEN, GESTAPELD, KOLOMMEN, LIJNEN)


def _rij(naam: str, ja: Any = 30, nee: Any = 20, **waarden: Any) -> Rij:
    figures = {"totaal": 50, "ja": ja, "nee": nee, "uren": 1234.5, "na_een": 90, "na_twee": 80, "laag": 70, "hoog": 95}
    return Rij(naam, naam, {**figures, **waarden})


def _tabel(*rijen: Rij) -> Tabel:
    return Tabel("bestuur", _KOLOMMEN, rijen, _rij("Totaal"))


TABEL = _tabel(_rij("Bestuur Oost"), _rij("Bestuur West", Afgeschermd.KLEIN, Afgeschermd.AFGESCHERMD))


def draw(grafiek: Grafiek, tabel: Tabel, *, narrow: bool = False) -> str:
    return draw_svg(grafiek, tabel, "een", narrow=narrow)


def _texts(drawn: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawn).iter(f"{_SVG}text")]


@pytest.mark.parametrize("grafiek", ALL, ids=lambda grafiek: grafiek.vorm)
@pytest.mark.parametrize("narrow", [False, True])
def test_is_named_described_and_without_styles(grafiek: Grafiek, narrow: bool) -> None:
    drawn = draw(grafiek, TABEL, narrow=narrow)
    svg = ElementTree.fromstring(drawn)
    assert (svg.get("role"), svg.findtext(f"{_SVG}title")) == ("img", grafiek.titel)
    assert "Totaal: " in (svg.findtext(f"{_SVG}desc") or "")
    assert not [element for element in svg.iter() if element.get("style")]
    assert not list(svg.iter(f"{_SVG}style"))
    # Two charts of one page have no id in common.
    assert all(element.get("id", "een-").startswith("een-") for element in svg.iter())
    # Nothing is fetched from anywhere: every reference is to a part of this file.
    references = re.findall(r'(?:href="|url\()([^")]*)', drawn)
    assert all(reference.startswith("#") for reference in references)


def test_what_is_hidden_has_its_sign_and_no_figure() -> None:
    tabel = _tabel(_rij("Bestuur Oost", uren=Afgeschermd.AFGESCHERMD), _rij("Bestuur West", uren=Afgeschermd.KLEIN))
    assert {"•", "<5", "1.234,5"} <= set(_texts(draw(STAVEN, tabel)))
    assert "Niet getoond" in _texts(draw(STAVEN, tabel)) and "Niet getoond" in _texts(draw(GESTAPELD, TABEL))
    assert "Niet getoond" not in _texts(draw(GESTAPELD, _tabel(_rij("Bestuur Oost"))))


def test_a_stack_with_hidden_parts_does_not_tell_them_apart() -> None:
    one = _tabel(_rij("West", Afgeschermd.KLEIN, Afgeschermd.AFGESCHERMD), _rij("Oost"))
    other = _tabel(_rij("West", Afgeschermd.AFGESCHERMD, Afgeschermd.KLEIN), _rij("Oost"))
    assert draw(GESTAPELD, one) == draw(GESTAPELD, other)


def test_a_line_has_a_gap_where_a_figure_is_hidden() -> None:
    hidden = _tabel(_rij("2021-2022", na_twee=Afgeschermd.AFGESCHERMD), _rij("2022-2023"))
    assert any("Waar een punt ontbreekt" in text for text in _texts(draw(LIJNEN, hidden)))
    assert "NaN" not in draw(LIJNEN, hidden)


@pytest.mark.parametrize("grafiek", ALL, ids=lambda grafiek: grafiek.vorm)
def test_the_same_bytes_in_many_threads(grafiek: Grafiek) -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _: draw(grafiek, TABEL), range(8)))
    assert len(drawn) == 1


def test_the_same_bytes_in_another_process_and_timezone() -> None:
    program = (
        "import sys; from tests.rapportages.test_svg import ALL, TABEL, draw; "
        "sys.stdout.buffer.write(''.join(draw(g, TABEL, narrow=n) for g in ALL for n in (False, True)).encode())"
    )
    environ = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    found = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=True).stdout
    assert found.decode() == "".join(draw(g, TABEL, narrow=n) for g in ALL for n in (False, True))


def test_a_name_is_only_a_name() -> None:
    name = "O&O <b>$x$</b> \\alpha"
    assert name in _texts(draw(STAVEN, _tabel(_rij(name), _rij("Oost"))))


def test_many_groups_are_capped_with_a_note() -> None:
    texts = _texts(draw(STAVEN, _tabel(*(_rij(f"Bestuur {n:02}", totaal=100 - n) for n in range(25)))))
    assert [text for text in texts if text.startswith("Bestuur")] == [f"Bestuur {n:02}" for n in range(20)]
    assert "En nog 5 in de tabel." in texts


def test_nothing_to_draw_is_drawn_all_the_same() -> None:
    nobody = Tabel(
        "bestuur", _KOLOMMEN, (), _rij("Totaal", **dict.fromkeys((k.naam for k in _KOLOMMEN), Afgeschermd.ONBEKEND))
    )
    for grafiek in ALL:
        assert "<svg" in draw(grafiek, nobody)


def test_colour_is_never_the_only_sign() -> None:
    from register_service.rapportages.renderers import svg_frame, svg_lines

    assert len(set(svg_frame.HATCHES)) == len(set(svg_frame.PALETTE)) == 7
    assert len(set(svg_lines._MARKERS)) == len(set(svg_lines._DASHES)) == 7


def test_matplotlib_is_loaded_by_who_asks_for_a_chart_only() -> None:
    program = "import sys, register_service.rapportages.renderers.svg; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_no_two_of_many_series_look_alike() -> None:
    from register_service.rapportages.renderers import svg_frame

    assert len({svg_frame.mark(n) for n in range(49)}) == 49


def test_what_tells_long_names_apart_is_not_cut_off() -> None:
    from register_service.rapportages.renderers import svg_text

    names = [f"Uren observatie en begeleiding in de klas, {end}" for end in ("gepland", "gerealiseerd")]
    cut = [svg_text.shortened(name, 40) for name in names]
    assert cut[0].endswith("gepland")
    assert cut[1].endswith("gerealiseerd")
    assert all(len(name) <= 40 for name in cut)
