"""What reports see of the register, asked by hand: by role, and no more of anybody than a report needs."""

import pytest

from register_service.rapportages.tables import COLUMNS
from tests.support import VESTIGING_B, A, B, Register

OF_PEOPLE = (
    "leraar",
    "bevoegdheid",
    "aanstelling",
    "inductietraject",
    "inductieperiode",
    "activiteit",
    "registratieperiode",
)
SCHEMAS = ("rapportage", "rapportage_eigen")
VIEWS = (
    f"select table_schema || '.' || table_name from information_schema.views where table_schema in {SCHEMAS} order by 1"
)
NEVER = ("voornamen", "roepnaam", "voorvoegsel", "achternaam", "geboortedatum", "emailadres", "eck_id", "personeelsnummer",
         "begeleider_naam", "observator_naam", "motivering", "toelichting", "titel")  # fmt: skip


@pytest.fixture
def filled(register: Register) -> Register:
    """A register with a leraar of either bestuur."""
    for who in ("a", "b"):
        number = register.leraar(who)
        register.aanstelling(number, who)
        register.bevoegdheid(number, who)
    register.seal()
    return register


def _views(register: Register) -> list[str]:
    """Give every view by its whole name; of each there is one of everybody and one of the own people."""
    found = [name for (name,) in register.rows(VIEWS)]
    assert {name.removeprefix("rapportage_eigen.") for name in found} >= {
        *COLUMNS,
        *(f"{table}_journaal" for table in COLUMNS),
    }
    return found


@pytest.mark.parametrize("role", ["leraar", "validator", "aanbieder", "", "niemand"])
def test_others_than_auditors_and_besturen_see_nothing(filled: Register, role: str) -> None:
    with filled.app_role(bestuur=A, role=role) as connection:
        for view in _views(filled):
            assert connection.execute(f"select count(*) from {view}").fetchone() == (0,), view


def test_whoever_says_nothing_sees_nothing(filled: Register) -> None:
    with filled.app_role() as connection:
        for view in _views(filled):
            assert connection.execute(f"select count(*) from {view}").fetchone() == (0,), view


def test_an_auditor_sees_all(filled: Register) -> None:
    with filled.app_role(bestuur="", role="auditor") as connection:
        assert connection.execute("select count(*) from rapportage.aanstelling").fetchone() == (2,)
        assert connection.execute("select count(*) from rapportage.aanstelling_journaal").fetchone() == (2,)


@pytest.mark.parametrize(("mine", "other"), [(A, B), (B, A)])
def test_a_bestuur_sees_its_own_people_only(filled: Register, mine: str, other: str) -> None:
    ((own,),) = filled.rows("select leraar from aanstelling where bestuur = %s", mine)
    with filled.app_role(bestuur=mine) as connection:
        for view in ("aanstelling", "bevoegdheid", "aanstelling_journaal", "bevoegdheid_journaal"):
            rows = connection.execute(f"select distinct leraar from rapportage_eigen.{view}").fetchall()
            assert rows == [(own,)], view
        assert connection.execute("select distinct registratienummer from rapportage_eigen.leraar").fetchall() == [
            (own,)
        ]
        assert connection.execute("select distinct bestuur from rapportage_eigen.aanstelling").fetchall() == [(mine,)]
        assert other != mine


@pytest.mark.parametrize(("role", "schema"), [("bestuur", "rapportage"), ("auditor", "rapportage_eigen")])
def test_the_views_of_everybody_are_not_for_a_bestuur_and_the_other_way_round(
    filled: Register, role: str, schema: str
) -> None:
    with filled.app_role(bestuur=A if role == "bestuur" else "", role=role) as connection:
        for table in OF_PEOPLE:
            for view in (f"{schema}.{table}", f"{schema}.{table}_journaal"):
                assert connection.execute(f"select count(*) from {view}").fetchone() == (0,), view


def test_of_a_shared_leraar_a_bestuur_sees_its_own_aanstelling_only(filled: Register) -> None:
    ((number,),) = filled.rows("select leraar from aanstelling where bestuur = %s", A)
    filled.as_owner(
        "insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, betrekkingsomvang)"
        " values (%s, %s, %s, 'docent', 'regulier', '2021-01-01', 0.2)", number, B, VESTIGING_B,
    )  # fmt: skip
    with filled.app_role(bestuur=A) as connection:
        for view, column in (("aanstelling", "bestuur"), ("aanstelling_journaal", "van_bestuur")):
            assert connection.execute(f"select distinct {column} from rapportage_eigen.{view}").fetchall() == [(A,)]


def test_no_view_has_names_addresses_or_words_of_people(register: Register) -> None:
    columns = register.rows(
        f"select table_name, column_name from information_schema.columns where table_schema in {SCHEMAS}"
    )
    assert {(view, name) for view, name in columns if name in NEVER} == set()
    assert {view for view, _ in columns} >= {*COLUMNS, *(f"{table}_journaal" for table in COLUMNS)}


def test_nothing_of_it_is_written_through(register: Register) -> None:
    granted = register.rows(
        "select distinct privilege_type from information_schema.role_table_grants"
        f" where table_schema in {SCHEMAS} and grantee = 'register_app'"
    )
    assert granted == [("SELECT",)]
