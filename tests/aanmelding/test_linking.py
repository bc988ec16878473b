"""Whose dossier somebody opens: by eckId, by koppelcode, and in which cases not."""

from typing import Any

import pytest

from register_service.aanmelding import rules
from tests.aanmelding.conftest import ECK_ID, Lobby
from tests.access.conftest import MovingClock
from tests.support import BIRTHDAY

UNKNOWN = "Vul uw koppelcode in"
WRONG = "Dit klopt niet"


def journal(lobby: Lobby, table: str = "account") -> list[tuple[Any, ...]]:
    return lobby.register.rows("select event, actor from journal where table_name = %s order by id", table)


def test_by_eck_id_the_dossier_is_linked_and_opened(lobby: Lobby) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    answer = lobby.sign_in(sub="s", eckId=ECK_ID)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert lobby.is_signed_in()
    assert lobby.accounts() == [("pop", "s", number, True)]
    assert journal(lobby) == [("account.gekoppeld", f"leraar:{number}")]


def test_the_second_time_the_account_is_enough(lobby: Lobby) -> None:
    lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    other = lobby.other_browser()
    assert lobby.sign_in(browser=other, sub="s").headers["Location"] == "/"
    assert lobby.is_signed_in(other)
    assert len(lobby.accounts()) == len(journal(lobby)) == 1


def test_an_unknown_eck_id_opens_nothing_and_tells_nothing(lobby: Lobby) -> None:
    lobby.leraar(eckId=ECK_ID)
    answers = [lobby.sign_in(browser=lobby.other_browser(), sub=sub, **claims) for sub, claims in _STRANGERS]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/koppelen")}
    assert not lobby.is_signed_in() and lobby.accounts() == []


_STRANGERS: list[tuple[str, dict[str, str]]] = [("x", {}), ("y", {"eckId": "https://ketenid.nl/202601/ander"})]


def test_by_koppelcode_once(lobby: Lobby) -> None:
    number = lobby.leraar()
    code = lobby.code_for(number)
    assert lobby.sign_in(sub="s").headers["Location"] == "/koppelen"
    assert UNKNOWN in lobby.browser.get("/koppelen").text
    assert lobby.give_code(code).status_code == 303
    assert lobby.is_signed_in()
    assert lobby.accounts() == [("pop", "s", number, True)]
    assert journal(lobby) == [("account.gekoppeld", f"leraar:{number}")]
    assert journal(lobby, "koppelcode")[-1] == ("koppelcode.gebruikt", f"leraar:{number}")
    other = lobby.other_browser()
    lobby.sign_in(browser=other, sub="iemand-anders")
    assert WRONG in lobby.give_code(code, browser=other).text


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}. "])
def test_a_code_is_read_as_people_type_it(lobby: Lobby, typed: Any) -> None:
    code = lobby.code_for(lobby.leraar())
    lobby.sign_in(sub="s")
    assert lobby.give_code(typed(code)).status_code == 303


def test_a_code_is_twelve_signs_that_do_not_look_alike(lobby: Lobby) -> None:
    number = lobby.leraar()
    codes = {lobby.code_for(number) for _ in range(20)}
    assert len(codes) == 20
    for code in codes:
        assert rules.write_code(rules.read_code(code)) == code
        assert not set(code) & set("01IO")


def test_whatever_is_wrong_the_answer_is_the_same(lobby: Lobby, moving_clock: MovingClock) -> None:
    """Wrong, used, taken back, expired, tried too often, another's day of birth, no day: one answer, to the byte."""
    expired = lobby.code_for(lobby.leraar())
    moving_clock.forward(days=14)
    first, second, third = (lobby.leraar() for _ in range(3))
    withdrawn, used, good = lobby.code_for(first), lobby.code_for(second), lobby.code_for(third)
    lobby.code_for(first)  # a new one ends the one before
    other = lobby.other_browser()
    lobby.sign_in(browser=other, sub="u")
    assert lobby.give_code(used, browser=other).status_code == 303
    answers = set()
    for attempt, (code, day) in enumerate(
        [
            ("ABCD-EFGH-JKLM", BIRTHDAY),
            ("", BIRTHDAY),
            ("0" * 200, BIRTHDAY),
            (expired, BIRTHDAY),
            (withdrawn, BIRTHDAY),
            (used, BIRTHDAY),
            (good, "1990-01-01"),
            (good, ""),
            (good, "geen dag"),
        ]
    ):
        browser = lobby.other_browser()
        lobby.sign_in(browser=browser, sub=f"s{attempt}")
        answer = lobby.give_code(code, day, browser)
        own = lobby.browser.application  # the token in the form is the browser's own
        assert own is not None
        answers.add((answer.status_code, _without_token(answer.text)))
    assert len(answers) == 1
    assert not lobby.is_signed_in()


def _without_token(page: str) -> str:
    before, _, after = page.partition('name="csrf" value="')
    return before + after.partition('"')[2]


def test_five_wrong_tries_take_a_code_back(lobby: Lobby) -> None:
    number = lobby.leraar()
    code = lobby.code_for(number)
    for attempt in range(rules.MOST_TRIES):
        browser = lobby.other_browser()
        lobby.sign_in(browser=browser, sub=f"s{attempt}")
        assert WRONG in lobby.give_code(code, "1990-01-01", browser).text
    lobby.sign_in(sub="s")
    assert WRONG in lobby.give_code(code).text
    assert journal(lobby, "koppelcode")[-1] == ("koppelcode.geblokkeerd", "aanmelding")
    assert lobby.register.rows("select count(*) from koppelcode_secret") == [(0,)]


def test_four_wrong_tries_do_not(lobby: Lobby) -> None:
    code = lobby.code_for(lobby.leraar())
    lobby.sign_in(sub="s")
    for _ in range(rules.MOST_TRIES - 1):
        assert WRONG in lobby.give_code(code, "1990-01-01").text
    assert lobby.give_code(code).status_code == 303


def test_one_account_tries_five_times_an_hour(lobby: Lobby, moving_clock: MovingClock) -> None:
    code = lobby.code_for(lobby.leraar())
    for _ in range(rules.MOST_TRIES):
        # Signing in again is no way around it.
        lobby.sign_in(sub="s")
        assert WRONG in lobby.give_code("ABCD-EFGH-JKLM").text
    assert WRONG in lobby.give_code(code).text
    assert not lobby.is_signed_in()
    moving_clock.forward(hours=1)
    lobby.sign_in(sub="s")
    assert lobby.give_code(code).status_code == 303


def test_a_code_works_for_fourteen_days(lobby: Lobby, moving_clock: MovingClock) -> None:
    code = lobby.code_for(lobby.leraar())
    moving_clock.forward(days=13, hours=23, minutes=59)
    lobby.sign_in(sub="s")
    assert lobby.give_code(code).status_code == 303


def test_another_subject_for_the_same_eck_id_is_refused_and_leaves_a_trace(lobby: Lobby) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    other = lobby.other_browser()
    answer = lobby.sign_in(browser=other, sub="ander", eckId=ECK_ID)
    assert answer.status_code == 403 and "ander account" in answer.text
    assert not lobby.is_signed_in(other) and lobby.is_signed_in()
    assert lobby.accounts() == [("pop", "s", number, True)]
    assert lobby.register.rows("select geweigerd_op is not null from account") == [(True,)]
    assert journal(lobby)[-1] == ("account.geweigerd", "aanmelding")
    assert "Een ander account is geweigerd" in lobby.browser.get("/mijn/accounts").text


def test_the_same_subject_with_another_eck_id_is_refused_and_leaves_a_trace(lobby: Lobby) -> None:
    lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    other = lobby.other_browser()
    answer = lobby.sign_in(browser=other, sub="s", eckId="https://ketenid.nl/202601/ander")
    assert answer.status_code == 403 and "iemand anders" in answer.text
    assert not lobby.is_signed_in(other)
    assert journal(lobby)[-1] == ("account.geweigerd", "aanmelding")


def test_an_account_linked_by_code_is_refused_with_the_eck_id_of_another_dossier(lobby: Lobby) -> None:
    lobby.sign_in(sub="s")
    lobby.give_code(lobby.code_for(lobby.leraar()))
    lobby.leraar(eckId=ECK_ID)
    assert lobby.sign_in(browser=lobby.other_browser(), sub="s", eckId=ECK_ID).status_code == 403


def test_an_account_linked_by_code_keeps_the_eck_id_it_first_comes_with(lobby: Lobby) -> None:
    lobby.sign_in(sub="s")
    lobby.give_code(lobby.code_for(lobby.leraar()))
    assert lobby.sign_in(sub="s", eckId=ECK_ID).status_code == 303
    assert lobby.register.rows("select eck_id from account") == [(ECK_ID,)]
    assert lobby.sign_in(sub="s", eckId="https://ketenid.nl/202601/ander").status_code == 403


def test_a_second_account_at_the_same_provider_is_refused(lobby: Lobby) -> None:
    number = lobby.leraar()
    lobby.sign_in(sub="s")
    lobby.give_code(lobby.code_for(number))
    other = lobby.other_browser()
    lobby.sign_in(browser=other, sub="ander")
    answer = lobby.give_code(lobby.code_for(number), browser=other)
    assert answer.status_code == 403 and "ander account" in answer.text
    assert lobby.accounts() == [("pop", "s", number, True)]
    assert journal(lobby)[-1] == ("account.geweigerd", "aanmelding")


def test_a_second_account_at_another_provider_is_fine_and_shows(lobby: Lobby) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    lobby.providers(lobby.puppet.provider(), lobby.puppet.provider("tweede", naam="Tweede aanbieder"))
    lobby.sign_in(sub="s", eckId=ECK_ID)
    lobby.sign_in("/aanmelden/tweede", sub="s", eckId=ECK_ID)
    assert lobby.accounts() == [("pop", "s", number, True), ("tweede", "s", number, True)]
    page = lobby.browser.get("/mijn/accounts").text
    assert "Poppenkast" in page and "Tweede aanbieder" in page


def test_somebody_elses_account_is_not_unlinked(lobby: Lobby) -> None:
    lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    other = lobby.other_browser()
    lobby.sign_in(browser=other, sub="ander")
    lobby.give_code(lobby.code_for(lobby.leraar()), browser=other)
    ((mine,),) = lobby.register.rows("select id from account where subject = 's'")
    assert unlink(lobby, other, mine).status_code == 404
    assert lobby.is_signed_in() and all(works for *_, works in lobby.accounts())


def unlink(lobby: Lobby, browser: Any, account: object, csrf: str | None = None) -> Any:
    from register_service.access import sessions

    form = {"account": str(account), "csrf": csrf or sessions.csrf_token(lobby.token(browser))}
    return browser.post("/mijn/accounts/ontkoppelen", data=form)


def test_a_leraar_unlinks_an_account_and_is_signed_out(lobby: Lobby) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    ((mine,),) = lobby.register.rows("select id from account")
    assert unlink(lobby, lobby.browser, mine, csrf="x").status_code == 403
    assert unlink(lobby, lobby.browser, mine).headers["Location"] == "/afgemeld"
    assert not lobby.is_signed_in()
    assert journal(lobby)[-1] == ("account.ontkoppeld", f"leraar:{number}")
    # The school still says who it is: the next time it is linked anew.
    lobby.sign_in(sub="s", eckId=ECK_ID)
    assert lobby.accounts() == [("pop", "s", number, False), ("pop", "s", number, True)]


def test_an_account_that_hangs_on_an_eck_id_goes_when_the_dossier_gets_another(lobby: Lobby) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    body = {"eckId": "https://ketenid.nl/202601/juist"}
    assert lobby.register.change(f"/leraren/{number}", body).status_code == 200
    assert not lobby.is_signed_in()
    assert lobby.sign_in(sub="s", eckId=ECK_ID).headers["Location"] == "/koppelen"


def test_a_merge_takes_accounts_along(lobby: Lobby) -> None:
    van, naar = lobby.leraar(), lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s")
    lobby.give_code(lobby.code_for(van))
    other = lobby.other_browser()
    lobby.providers(lobby.puppet.provider(), lobby.puppet.provider("tweede"))
    lobby.sign_in("/aanmelden/tweede", browser=other, sub="t", eckId=ECK_ID)
    merge(lobby, van, naar)
    assert lobby.accounts() == [("pop", "s", naar, True), ("tweede", "t", naar, True)]
    assert lobby.is_signed_in() and lobby.is_signed_in(other)


def test_of_two_accounts_at_one_provider_that_of_the_survivor_stays(lobby: Lobby) -> None:
    van, naar = lobby.leraar(), lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s")
    lobby.give_code(lobby.code_for(van))
    other = lobby.other_browser()
    lobby.sign_in(browser=other, sub="t", eckId=ECK_ID)
    merge(lobby, van, naar)
    assert lobby.accounts() == [("pop", "s", naar, False), ("pop", "t", naar, True)]
    assert not lobby.is_signed_in() and lobby.is_signed_in(other)


def test_a_code_of_a_dossier_that_was_merged_opens_the_survivor(lobby: Lobby) -> None:
    van, naar = lobby.leraar(), lobby.leraar()
    code = lobby.code_for(van)
    merge(lobby, van, naar)
    lobby.sign_in(sub="s")
    assert lobby.give_code(code).status_code == 303
    assert lobby.accounts() == [("pop", "s", naar, True)]


def merge(lobby: Lobby, van: str, naar: str) -> None:
    answer = lobby.register.post("/leraren/_samenvoegen", {"van": van, "naar": naar, "reden": "dubbel"}, "k")
    assert answer.status_code == 200, answer.text
