"""待发短信页: nobody is shown a way that is closed to him."""

from collections.abc import Callable

import pytest

from tests.builders import Visitor

WAYS = ("/messages/opt-outs", "/messages/templates", "/messages/settings")


@pytest.mark.parametrize("username", ["counter1", "director", "head", "supervisor", "admin"])
def test_every_way_out_of_the_outbox_is_open(
    visit: Callable[[str], Visitor], username: str
) -> None:
    reader = visit(username)
    page = reader.open("/messages/").text
    shown = [way for way in WAYS if f'href="{way}"' in page]
    opened = [way for way in WAYS if reader.open(way).status_code == 200]
    assert shown == opened
