"""docs/professionalisering.md as it is written: every call and command on its day, every line of every answer."""

from tests.registratie.mailserver import mailserver
from tests.story import tell
from tests.support import Register


def test_the_story_goes_as_it_is_told(register: Register) -> None:
    with mailserver() as server:
        told = tell(register, "professionalisering.md", SMTP_URL=server.url, MAIL_FROM="register@ra-zon.example")
    assert told > 60
    assert [message["To"] for message in server.taken] == ["sam@school.example"] * 2
