"""docs/inductie.md as it is written: every call on its day, every line of every answer."""

from tests.story import tell
from tests.support import Register


def test_the_story_goes_as_it_is_told(register: Register) -> None:
    assert tell(register, "inductie.md") > 30
