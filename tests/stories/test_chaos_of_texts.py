"""捣乱: texts, a carrier that misbehaves and workers that die, with their control."""

import random

from bench.chaos import messages
from bench.installation import sample_town
from tests.stories.keeping import SEED, assert_kept


def test_a_text_is_sent_once_whatever_the_carrier_does_and_whoever_dies() -> None:
    with sample_town() as town:
        assert_kept(messages.run(town, 100, 5, random.Random(SEED)))
