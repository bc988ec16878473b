"""Reading DUO's files: the real ones, variants of them, and everything that a line can have wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_service.organisaties.doubles import unique
from register_service.organisaties.duo import DuoFileError, DuoRow, parse
from tests.organisaties.duo_files import REAL, content, header, line, real


def only_row(raw: bytes) -> DuoRow:
    """Read a file that has exactly one row and nothing refused."""
    file = parse("x.csv", raw)
    assert not file.refusals
    (row,) = file.rows
    return row


def only_reason(sector: str, text: str) -> str:
    """Read a file whose second data line is wrong; give the reason, which must stand at line 3."""
    file = parse("x.csv", content(sector, [line(sector, "01AA00"), text, line(sector, "01AA09")]))
    assert [row.code for row in file.rows] == ["01AA00", "01AA09"]
    (refusal,) = file.refusals
    assert (refusal.file, refusal.line) == ("x.csv", 3)
    return refusal.reason


def test_the_real_files_hold_8717_rows_of_three_kinds() -> None:
    read = [parse(name, real(name)) for name in REAL]
    assert [(file.sector, len(file.rows), len(file.refusals)) for file in read] == [
        ("po", 6182, 0),
        ("vo", 1640, 0),
        ("so", 895, 0),
    ]
    assert [(remark.file, remark.line) for file in read for remark in file.remarks] == [("alle-vestigingen-vo.csv", 19)]


def test_doubles_in_the_real_files_are_merged_or_reported() -> None:
    result = unique(row for name in REAL for row in parse(name, real(name)).rows)
    assert (len(result.rows), result.merged, len(result.refusals)) == (8622, 47, 48)


def test_the_kind_comes_from_the_header_not_from_the_name() -> None:
    for sector in ("po", "vo", "so"):
        assert parse("alle-vestigingen-vo.csv", content(sector, [line(sector, "01AA00")])).sector == sector


def test_an_empty_cell_is_none_and_diacritics_survive() -> None:
    row = only_row(content("po", [line("po", "01AA00", VESTIGINGSNAAM="Basisschool ’t Höfke – één", INTERNETADRES="")]))
    assert row.naam == "Basisschool ’t Höfke – één"
    assert row.internetadres is None
    assert row.bestuur_nummer is None
    assert row.soort is None


@pytest.mark.parametrize(
    ("written", "kept"), [("SBAO", "sbo"), ("sbo", "sbo"), ("SO", "so"), ("VSO", "vso"), ("(V)SO", "so-vso")]
)
def test_soort_is_put_in_the_registers_words(written: str, kept: str) -> None:
    assert only_row(content("so", [line("so", "01AA00", SOORT=written)])).soort == kept


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_every_known_encoding_is_read(encoding: str) -> None:
    assert only_row(content("po", [line("po", "01AA00", VESTIGINGSNAAM="Zoë")], encoding)).naam == "Zoë"


def test_quoted_cells_bare_newlines_and_extra_columns_are_read() -> None:
    columns = ";".join(f'"{column}"' for column in ("NIEUW", *header("po")))
    cells = ['"x;y"', *(f'"{cell}"' for cell in line("po", "01AA00", VESTIGINGSNAAM='""De"" Brug').split(";"))]
    row = only_row(f"{columns}\n{';'.join(cells)}\n\n".encode())
    assert row.naam == '"De" Brug'


def test_columns_may_stand_in_another_order() -> None:
    columns, cells = ";".join(reversed(header("vo"))), ";".join(reversed(line("vo", "01AA00").split(";")))
    assert only_row(f"{columns}\r\n{cells}".encode()).code == "01AA00"


@pytest.mark.parametrize("brin", ["1AA", "01aa", "01A1", "AA01", "01AAX", ""])
def test_a_bad_brin_is_refused(brin: str) -> None:
    assert "is geen BRIN" in only_reason("po", line("po", "01AA01", INSTELLINGSCODE=brin))


@pytest.mark.parametrize("code", ["01AA", "01AA0", "01AA0X", "01aa00", "01AA000"])
def test_a_bad_vestigingscode_is_refused(code: str) -> None:
    assert "is geen vestigingscode" in only_reason("po", line("po", code, INSTELLINGSCODE="01AA"))


def test_a_vestigingscode_of_another_school_is_refused() -> None:
    assert "begint niet met" in only_reason("po", line("po", "02BB00", INSTELLINGSCODE="01AA"))


@pytest.mark.parametrize("change", [lambda text: text + ";x", lambda text: text.rsplit(";", 2)[0], lambda _: "x"])
def test_a_wrong_number_of_columns_is_refused(change) -> None:  # type: ignore[no-untyped-def]
    assert "kolommen in plaats van" in only_reason("po", change(line("po", "01AA01")))


def test_an_empty_name_is_refused() -> None:
    assert "VESTIGINGSNAAM is leeg" in only_reason("po", line("po", "01AA01", VESTIGINGSNAAM=""))


def test_a_cell_that_is_too_long_is_refused() -> None:
    assert "langer dan 300 tekens" in only_reason("po", line("po", "01AA01", VESTIGINGSNAAM="x" * 301))


def test_an_unknown_soort_is_refused() -> None:
    assert "SOORT 'XYZ' is onbekend" in only_reason("so", line("so", "01AA01", SOORT="XYZ"))


def test_unmatched_quotes_are_refused_on_their_own_line() -> None:
    assert "aanhalingstekens" in only_reason("po", line("po", "01AA01", VESTIGINGSNAAM='"De Brug'))


def test_a_control_character_is_refused() -> None:
    assert "besturingsteken" in only_reason("po", line("po", "01AA01", VESTIGINGSNAAM="De\0Brug"))


def test_bytes_outside_the_encoding_are_refused_but_keep_the_vestiging_mentioned() -> None:
    raw = content("po", [line("po", "01AA00", VESTIGINGSNAAM="Zoë"), line("po", "01AA01", VESTIGINGSNAAM="###")])
    file = parse("x.csv", raw.replace(b"###", b"a\x81b"))
    assert [(refusal.line, "bytes" in refusal.reason) for refusal in file.refusals] == [(3, True)]
    assert file.mentioned == {"01AA00", "01AA01"}


def test_a_telephone_number_is_no_web_address() -> None:
    file = parse("x.csv", content("vo", [line("vo", "01AA00", INTERNETADRES="0528266192")]))
    assert file.rows[0].internetadres is None
    assert [remark.line for remark in file.remarks] == [2]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "leeg"),
        (b" \r\n\r\n", "leeg"),
        (b"PK\x03\x04 no text at all", "geen DUO-bestand"),
        (b"BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM\r\n41285;x\r\n", "geen DUO-bestand"),
        ("PROVINCIE;INSTELLINGSCODE".encode("utf-16"), "UTF-16"),
        (content("po", []), "geen enkele vestiging"),
        (";".join(header("po")[:-1]).encode(), "onbekende soort"),
        (";".join((*header("vo"), "SOORT")).encode(), "onbekende soort"),
        (";".join((*header("po"), "PROVINCIE")).encode(), "dubbel"),
    ],
)
def test_a_file_that_is_none_of_duos_says_so(raw: bytes, reason: str) -> None:
    with pytest.raises(DuoFileError, match=reason) as refused:
        parse("x.csv", raw)
    assert str(refused.value).startswith("x.csv: ")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_parser(tail: bytes) -> None:
    file = parse("x.csv", content("po", [line("po", "01AA00")]) + tail)
    read = {row.line for row in file.rows} | {refusal.line for refusal in file.refusals}
    assert 2 in read
    assert len(file.rows) + len(file.refusals) == len(read)


@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).filter(str.strip))
def test_any_name_comes_back_when_quoted(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    file = parse("x.csv", content("po", [line("po", "01AA00", VESTIGINGSNAAM=quoted)], "utf-8-sig"))
    if "\ufffd" in name:
        assert file.refusals
    else:
        assert [row.naam for row in file.rows] == [" ".join(name.split())]


def test_equal_doubles_are_merged_and_contradictory_ones_refused() -> None:
    lines = [
        line("po", "01AA00"),
        line("po", "01AA00", VESTIGINGSNAAM="DE BRUG"),
        line("po", "01AA00", **{"HUISNUMMER-TOEVOEGING": "2"}),
        line("po", "01AA01"),
    ]
    result = unique(parse("x.csv", content("po", lines)).rows)
    assert [(row.line, row.code) for row in result.rows] == [(2, "01AA00"), (5, "01AA01")]
    assert result.merged == 1
    (refusal,) = result.refusals
    assert (refusal.line, refusal.reason) == (4, "vestigingscode 01AA00 staat al op regel 2, met andere huisnummer")


def test_one_code_in_two_kinds_of_file_is_a_contradiction() -> None:
    po = parse("po.csv", content("po", [line("po", "01AA00")]))
    so = parse("so.csv", content("so", [line("so", "01AA00")]))
    (refusal,) = unique([*po.rows, *so.rows]).refusals
    assert refusal.file == "so.csv"
    assert "staat al op po.csv regel 2, met andere sector, soort" in refusal.reason
