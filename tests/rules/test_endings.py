"""到期提醒: who is told of what ends, by who is here."""

import pytest

from desk.windows.enterprise.rules.endings import reads_nobody, told_of

AGENT, DEPUTY = 1, 2
BOTH = (AGENT, DEPUTY)


@pytest.mark.parametrize(
    ("deputy", "in_use", "here", "told", "why"),
    [
        (DEPUTY, BOTH, {AGENT: True, DEPUTY: True}, {AGENT}, "the agent is here"),
        (DEPUTY, BOTH, {AGENT: False, DEPUTY: True}, {AGENT, DEPUTY}, "the agent is away"),
        (DEPUTY, BOTH, {}, {AGENT, DEPUTY}, "the roster does not know: the deputy in copy"),
        (None, BOTH, {AGENT: False}, {AGENT}, "nobody stands in"),
        (DEPUTY, (DEPUTY,), {AGENT: True}, {DEPUTY}, "the agent's account is closed"),
        (DEPUTY, (AGENT,), {AGENT: False}, {AGENT}, "the deputy's account is closed"),
        (None, (), {}, set(), "nobody is left"),
    ],
)
def test_the_deputy_is_told_unless_the_agent_is_known_to_be_here(
    deputy: int | None,
    in_use: tuple[int, ...],
    here: dict[int, bool],
    told: set[int],
    why: str,
) -> None:
    assert told_of(AGENT, deputy, in_use, here) == told, why


@pytest.mark.parametrize(
    ("told", "here", "nobody"),
    [
        ({AGENT}, {AGENT: True}, False),
        ({AGENT}, {AGENT: False}, True),
        (set(BOTH), {AGENT: False, DEPUTY: True}, False),
        (set(BOTH), {AGENT: False}, False),
        (set(BOTH), {AGENT: False, DEPUTY: False}, True),
        (set(), {}, True),
    ],
)
def test_the_director_is_told_where_everybody_is_known_to_be_away(
    told: set[int], here: dict[int, bool], nobody: bool
) -> None:
    assert reads_nobody(told, here) is nobody
