"""The runner of stories notices what does not go as it is told."""

import pytest

from tests.story import LEFT_OUT, Told, said_in, same, told_in

PAGE = """
## 3 mei 2024: een dag
```http
POST /v1/leraren (41285)
{"a": 1}
```
```json 201 leraar=a first=items.0.id
{"a": ...}
```
```sh
register ...
```
Not what it prints.

```sh
register journaal verify
```
```text
klopt
```
"""


@pytest.mark.parametrize(
    ("said", "got"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {}),
        ({"a": 1}, [1]),
        ([{"a": 1}], []),
        ([1], [1, 2]),
        ([1, LEFT_OUT], [1]),
        (LEFT_OUT, None),
    ],
)
def test_the_comparison_itself_sees_a_difference(said: object, got: object) -> None:
    with pytest.raises(AssertionError):
        same(said, got, "")


def test_what_is_left_out_may_be_anything() -> None:
    same(said_in('{"a": [1, ...], "b": ..., "c": "..."}'), {"a": [1, 2, 3], "b": {"x": 1}, "c": 5, "d": 6}, "")


def test_every_call_and_command_is_found_with_its_day() -> None:
    assert list(told_in(PAGE)) == [
        Told((2024, 5, 3), 'POST /v1/leraren (41285)\n{"a": 1}\n', 201, " leraar=a first=items.0.id", '{"a": ...}\n'),
        Told((2024, 5, 3), "register ...\n", None, "", ""),
        Told((2024, 5, 3), "register journaal verify\n", None, "", "klopt\n"),
    ]
