"""Row-level security behind the application: what the role of the service can see and do, without any of its filters."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from register_service.tables import metadata
from tests.inductie.feiten import every_fact
from tests.inductie.support import Starter
from tests.support import BIRTHDAY, VESTIGING_A, VESTIGING_B, A, B, Register, on_day

TABLES = sorted(metadata.tables)
# Nothing about anybody, but not for everybody: what is not validated yet, which draws there were.
FOR_SOME = {"aanbieder", "aanbod", "steekproef"}
# Nothing about anybody: organisations, figures, seals, and what the token endpoint must read before there is a caller.
ABOUT_NOBODY = FOR_SOME | {
    "bestuur", "checkpoint", "client", "client_secret", "deelname", "merkle_node", "partnerschap", "regeling",
    "rate_limit", "renewal_run", "revoked_token", "school", "seal", "seal_horizon", "used_assertion", "vestiging",
}  # fmt: skip
VIEWS = {
    "eigen_verblijf", "geldende_voortgangstand", "in_zicht", "inductiefeiten", "inductieomgeving", "inductiestand_in_zicht",
    "te_beoordelen", "trekking_te_beoordelen", "zicht", "zicht_aanstelling",
}  # fmt: skip
# What is between the leraar and the alliance: a bestuur does not see it, though it sees the leraar.
OF_LERAAR_ALONE = {"bericht", "doorhaling", "trekking", "uitstel", "verificatietoestemming"}
# What the role of the service never reads by itself, but through a function that knows whose it is.
THROUGH_FUNCTIONS = {
    "account", "geldende_voortgangstand", "koppelcode_secret", "newcomer", "session", "sign_in", "voortgangstand",
}  # fmt: skip
INDUCTIE = (
    "begeleiding", "inductieperiode", "inductieprogramma", "inductiestand", "inductietraject", "observatie", "observatiescore",
    "onderbreking", "overname_instemming", "verlenging", "voortgangsgesprek",
)  # fmt: skip
ABOUT_SOMEBODY = [*sorted(set(TABLES) - ABOUT_NOBODY), *sorted(VIEWS)]


_VIEWS = "select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace"


@pytest.fixture
def number(register: Register) -> str:
    """A leraar of bestuur A with something in every table, merged dossier included."""
    van, number = register.leraar(), register.leraar()
    register.aanstelling(number, personeelsnummer="P1")
    register.bevoegdheid(number)
    register.post("/leraren/_samenvoegen", {"van": van, "naar": number, "reden": "dubbel"}, "k")
    register.post(f"/leraren/{number}/bevoegdheden", {"soort": "pabo", "behaaldOp": "2014-07-01"}, Idempotency_Key="x")
    with on_day(2026, 9, 1):
        _traject(Starter(register, number))
    for statement in (_REGISTRATIE, _AANMELDING):
        register.as_owner(statement.format(number=number, bestuur=A))
    return number


_REGISTRATIE = """
with aanbieder_ as (insert into aanbieder (kvk_nummer, naam) values ('12345678', 'A') returning id),
aanbod_ as (
    insert into aanbod (aanbieder, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig, geldig_vanaf)
    select id, 'cursus', 'T', 3, 3, 0, 0, 0, '2026-01-01' from aanbieder_),
activiteit_ as (
    insert into activiteit (leraar, gemeld_door, bestuur, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch,
                            overig, begindatum, einddatum)
    values ('{number}', 'bestuur', '{bestuur}', 'cursus', 'T', 3, 3, 0, 0, 0, '2026-01-01', '2026-01-01') returning id),
bewijsstuk_ as (
    insert into bewijsstuk (leraar, activiteit, sha256, mediatype, grootte)
    select '{number}', id, repeat('0', 64), 'image/png', 1 from activiteit_),
periode_ as (
    insert into registratieperiode (leraar, begindatum, einddatum, grond)
    values ('{number}', '2024-01-01', '2027-12-31', 'eerste') returning id),
uitstel_ as (
    insert into uitstel (leraar, periode, maanden, motivering, besluitdatum)
    select '{number}', id, 1, 'x', '2026-01-01' from periode_),
doorhaling_ as (insert into doorhaling (leraar, vanaf, tot) values ('{number}', '2025-01-01', '2025-02-01')),
bericht_ as (
    insert into bericht (leraar, periode, soort, einddatum, gemaakt_op)
    select '{number}', id, 'zes-maanden', '2027-12-31', '2027-06-30' from periode_),
steekproef_ as (
    insert into steekproef (vanaf, tot, peilmoment, size, root, zaad, methode, omvang, aantal)
    values ('2024-01-01', '2024-12-31', now(), 1, 'x', 'x', 'x', 1, 1) returning id),
trekking_ as (
    insert into trekking (steekproef, volgnummer, leraar, periode)
    select s.id, 1, '{number}', p.id from steekproef_ s, periode_ p)
insert into verificatietoestemming (leraar, gegeven_op) values ('{number}', '2026-01-01')
"""
_AANMELDING = """
with account_ as (
    insert into account (soort, provider, subject, eck_id, leraar, gekoppeld_met, gekoppeld_op)
    values ('leraar', 'x', 'x', 'x', '{number}', 'eckId', now()) returning id),
code_ as (
    insert into koppelcode (leraar, bestuur, uitgegeven_op, geldig_tot)
    values ('{number}', '{bestuur}', now(), now() + interval '14 days') returning id),
secret_ as (insert into koppelcode_secret (koppelcode, hash) select id, '\\x01' from code_),
session_ as (insert into session (hash, account, created_at, seen_at) select '\\x01', id, now(), now() from account_),
sign_in_ as (
    insert into sign_in (state, browser, provider, nonce, verifier, next, expires_at)
    values ('\\x01', '\\x01', 'x', 'x', 'x', '/', now()))
insert into newcomer (hash, provider, subject, roles, next, expires_at) values ('\\x01', 'x', 'y', '{{leraar}}', '/', now())
"""


def _traject(starter: Starter) -> None:
    facts, register, leraar = (
        every_fact(starter.started()),
        starter.register,
        starter.register.as_leraar(starter.number),
    )
    shared = {"scores": {"uitleg": 3}, "gedeeld": True}
    assert register.post(f"{facts['observaties']}/scores", shared, leraar).status_code == 201
    assert register.post(f"{starter.path}/_instemmen", {"bestuur": A}, leraar).status_code == 200


def content(connection: psycopg.Connection[Any], table: str) -> list[Any]:
    """Give all rows that a connection sees of a table; none when it may not look at all."""
    try:
        with connection.transaction():
            return connection.execute(sql.SQL("select to_jsonb(t) from {} t").format(sql.Identifier(table))).fetchall()
    except psycopg.errors.InsufficientPrivilege:
        return []


@pytest.mark.parametrize("table", ABOUT_SOMEBODY)
def test_another_bestuur_sees_nothing_of_a_leraar_in_any_table(register: Register, number: str, table: str) -> None:
    with register.app_role(A) as connection:
        visible = content(connection, table)
    with register.app_role(B) as connection:
        assert [row for row in content(connection, table) if row[0].get("dossier", "") is not None] == []
    if (
        table
        not in {"access_log", "idempotency_key", "te_beoordelen", "trekking_te_beoordelen"}
        | OF_LERAAR_ALONE
        | THROUGH_FUNCTIONS
    ):
        assert visible


@pytest.mark.parametrize("table", sorted(OF_LERAAR_ALONE))
def test_what_is_between_leraar_and_alliance_is_not_for_the_bestuur(
    register: Register, number: str, table: str
) -> None:
    def seen(role: str) -> tuple[int, int]:
        with register.app_role(A, role) as connection:
            connection.execute("select set_config('register.leraar', %s, true)", (number if role == "leraar" else "",))
            past = [row for row in content(connection, "journal") if row[0]["table_name"] == table]
            return len(content(connection, table)), len(past)

    assert seen("bestuur") == (0, 0)
    assert seen("leraar") == seen("beheer") == (1, 1)


def test_what_a_leraar_does_not_share_is_hidden_from_a_bestuur_that_did_not_report_it(
    register: Register, number: str
) -> None:
    register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": BIRTHDAY}, "b")

    def seen() -> tuple[int, int, int]:
        with register.app_role(B) as connection:
            tables = [row[0]["table_name"] for row in content(connection, "journal")]
            past = tables.count("activiteit") + tables.count("bewijsstuk")
            return len(content(connection, "activiteit")), len(content(connection, "bewijsstuk")), past

    assert seen() == (0, 0, 0)
    register.as_owner("update activiteit set gedeeld = true")
    assert seen() == (1, 1, 3)
    register.as_owner("update activiteit set gedeeld = false")
    assert seen() == (0, 0, 0)


@pytest.mark.parametrize("table", sorted(FOR_SOME))
def test_without_a_caller_the_catalogue_is_closed_too(register: Register, number: str, table: str) -> None:
    with register.app_role() as connection:
        assert content(connection, table) == []


@pytest.mark.parametrize("table", ABOUT_SOMEBODY)
def test_without_a_caller_nothing_shows(register: Register, number: str, table: str) -> None:
    with register.app_role() as connection:
        assert [row for row in content(connection, table) if row[0].get("dossier", "") is not None] == []


@pytest.mark.parametrize("table", sorted(ABOUT_NOBODY))
def test_tables_about_nobody_hold_no_registratienummer(register: Register, number: str, table: str) -> None:
    with register.app_role() as connection:
        assert number not in str(content(connection, table))


def test_every_table_about_somebody_has_row_level_security(register: Register) -> None:
    views = {name for (name,) in register.rows(_VIEWS)}
    assert views == VIEWS
    secured = {name for (name,) in register.rows("select relname from pg_class where relrowsecurity")}
    assert secured == (set(ABOUT_SOMEBODY) - VIEWS) | FOR_SOME


def test_a_bestuur_that_sees_the_leraar_reads_the_traject_and_no_facts_of_another(
    register: Register, number: str
) -> None:
    register.post("/leraren/_koppel", {"registratienummer": number, "geboortedatum": BIRTHDAY}, "b")
    with register.app_role(B) as connection:
        seen = {table for table in INDUCTIE if content(connection, table)}
        past = {row[0]["table_name"] for row in content(connection, "journal") if row[0]["dossier"] == number}
    assert seen == {"inductietraject", "inductiestand"}
    assert past & set(INDUCTIE) == {"inductietraject"}


def test_an_auditor_or_an_unknown_role_sees_no_dossier(register: Register, number: str) -> None:
    for role in ("auditor", "", "Bestuur"):
        with register.app_role(A, role) as connection:
            assert content(connection, "leraar") == content(connection, "aanstelling") == []
            assert [table for table in INDUCTIE if content(connection, table)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "update leraar set achternaam = 'x'",
        "update leraar set achternaam = 'x' where registratienummer = '{number}'",
        "update bevoegdheid set vak = 'frans'",
        "update aanstelling set functie = 'x'",
        "update koppeling set tot = 'infinity'",
        "update samenvoeging set naar = van",
        "delete from aanstelling",
        "delete from bevoegdheid",
        "delete from idempotency_key",
        "update inductietraject set resultaat = 'behaald', afgerond_op = '2026-01-01'",
        "update inductieperiode set einddatum = '2026-01-01'",
        "update onderbreking set soort = 'overig'",
        "update verlenging set maanden = 1",
        "update inductieprogramma set lesreductie = 0",
        "update begeleiding set begeleider_naam = 'x'",
        "update observatie set instrument = 'eigen'",
        "update observatiescore set gedeeld = true",
        "update voortgangsgesprek set gevoerd_door = 'x'",
        "update overname_instemming set gegeven_op = '2026-01-01'",
        "update inductiestand set waarde = 'afgerond'",
        "update activiteit set titel = 'x'",
        "delete from activiteit",
        "delete from bewijsstuk",
        "update registratieperiode set einddatum = '2030-01-01'",
        "delete from registratieperiode",
        "delete from uitstel",
        "update doorhaling set tot = null",
        "update trekking set uitslag = 'akkoord'",
        "delete from verificatietoestemming",
        *(f"delete from {table}" for table in INDUCTIE),
    ],
)
def test_another_bestuur_changes_nothing_of_a_leraar(register: Register, number: str, statement: str) -> None:
    with register.app_role(B) as connection:
        try:
            changed = connection.execute(statement.format(number=number)).rowcount
        except psycopg.errors.InsufficientPrivilege:
            changed = 0
    assert changed == 0


@pytest.mark.parametrize(
    "statement",
    [
        f"insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, betrekkingsomvang) "
        f"values ('{{number}}', '{B}', '{VESTIGING_B}', 'x', 'regulier', '2026-01-01', 1)",
        f"insert into aanstelling (leraar, bestuur, vestiging, functie, soort, begindatum, betrekkingsomvang) "
        f"values ('{{number}}', '{A}', '{VESTIGING_A}', 'x', 'regulier', '2018-01-01', 1)",
        "insert into bevoegdheid (leraar, soort, behaald_op, verificatie) "
        "values ('{number}', 'pdg', '2020-01-01', 'niet-geverifieerd')",
        f"insert into koppeling (leraar, bestuur, vanaf, tot) values ('{{number}}', '{A}', '2026-01-01', '2027-01-01')",
        "insert into samenvoeging (van, naar) values ('{number}', '2657035144')",
        "insert into inductietraject (leraar, sector, startdatum, regeling, verloop) "
        "select '{number}', 'vo', '2026-01-01', id, '{{}}' from regeling where sector = 'vo'",
        f"insert into onderbreking (traject, leraar, bestuur, soort, begindatum) "
        f"values (uuidv7(), '{{number}}', '{B}', 'ziekte', '2026-01-01')",
        f"insert into voortgangsgesprek (traject, leraar, bestuur, datum) values (uuidv7(), '{{number}}', '{A}', '2026-01-01')",
        "insert into observatiescore (traject, leraar, observatie, scores, gedeeld) "
        "values (uuidv7(), '{number}', uuidv7(), '{{}}', true)",
        f"insert into overname_instemming (traject, leraar, bestuur, gegeven_op) "
        f"values (uuidv7(), '{{number}}', '{B}', '2026-01-01')",
        f"insert into activiteit (leraar, gemeld_door, bestuur, soort, titel, registeruren, vakinhoudelijk, vakdidactisch, "
        f"pedagogisch, overig, begindatum, einddatum) "
        f"values ('{{number}}', 'bestuur', '{B}', 'cursus', 'T', 3, 3, 0, 0, 0, '2026-01-01', '2026-01-01')",
        "insert into bewijsstuk (leraar, activiteit, sha256, mediatype, grootte) "
        "select '{number}', uuidv7(), repeat('1', 64), 'image/png', 1",
        "insert into registratieperiode (leraar, begindatum, einddatum, grond) "
        "values ('{number}', '2030-01-01', '2033-12-31', 'hervat')",
        "insert into uitstel (leraar, periode, maanden, motivering, besluitdatum) "
        "values ('{number}', uuidv7(), 1, 'x', '2026-01-01')",
        "insert into doorhaling (leraar, vanaf) values ('{number}', '2026-01-01')",
        "insert into verificatietoestemming (leraar, gegeven_op) values ('{number}', '2026-01-01')",
    ],
)
def test_another_bestuur_adds_nothing_to_a_leraar(register: Register, number: str, statement: str) -> None:
    with register.app_role(B) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.format(number=number))


def test_the_role_of_the_service_owns_nothing_and_has_no_powers(register: Register) -> None:
    role = "select oid from pg_roles where rolname = 'register_app'"
    assert register.rows(f"select relname from pg_class where relowner = ({role})") == []
    assert register.rows(f"select proname from pg_proc where proowner = ({role})") == []
    assert register.rows(f"select nspname from pg_namespace where nspowner = ({role})") == []
    assert register.rows(f"select roleid from pg_auth_members where member = ({role})") == []
    powers = "rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication"
    assert register.rows(f"select {powers} from pg_roles where rolname = 'register_app'") == [(False,) * 5]


@pytest.mark.parametrize(
    "statement",
    [
        "alter table leraar disable row level security",
        "alter table leraar disable trigger journal_update",
        "alter table leraar disable trigger all",
        "set session_replication_role = replica",
        "drop policy read on leraar",
        "create policy mine on leraar to register_app using (true)",
        "drop view zicht",
        "create or replace view zicht as select 1",
        "create table public.mine (a int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "insert into journal (table_name, object_id, action, actor, event) values ('leraar', uuidv7(), 'insert', 'x', 'x')",
        "update journal set actor = 'x'",
        "delete from journal",
        "truncate journal",
        "update seal set position = 0",
        "insert into checkpoint (size, root, at, snapshot, note) values (1, '', now(), '1:1:', '')",
        "update seal_horizon set sealed_until = 'infinity'",
        "delete from access_log",
        "update access_log set actor = 'x'",
        "truncate access_log",
        "delete from leraar",
        "delete from koppeling",
        "delete from samenvoeging",
        "truncate aanstelling",
        "insert into regeling (sector, geldig_vanaf, waarden) values ('po', '2026-01-01', '{}')",
        "update client set scopes = '{}'",
        "insert into client_secret (client_id, hash) values ('b', '')",
        "insert into bestuur (nummer, naam) values ('00000', 'x')",
        "select journal_append()",
        "set role postgres",
    ],
)
def test_the_role_of_the_service_cannot(register: Register, statement: str) -> None:
    allowed_errors = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)
    with register.app_role(B, "beheer") as connection, pytest.raises(allowed_errors):
        connection.execute(statement)


def test_a_context_ends_with_its_transaction(register: Register, number: str) -> None:
    with register.app_role(A) as connection:
        assert content(connection, "leraar")
        connection.commit()
        assert content(connection, "leraar") == []
