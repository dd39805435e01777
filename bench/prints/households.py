"""示例户: invented households for a sample town, as many as its villages count."""

import random
from collections.abc import Iterator

from kernel.households import actions
from kernel.households.rules import HouseholdRow, Tally
from kernel.town.queries import villages
from kernel.town.records import Village
from kernel.web.house import House

SEED = 365
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
NAMES = "禾麦田松竹柏溪塘桥岭𠮷㛃"


def settle(here: House, limit: int | None = None) -> int:
    """Put every household of the sample town on file, or `limit` a village; return how many."""
    chance, count = random.Random(SEED), 0
    with here.reading() as session:
        places = villages(session)
    for place in places:
        rows = list(invented(place, chance, limit or place.households))
        with here.writing() as session:
            actions.take_in(session, place.code, rows, Tally())
        count += len(rows)
    return count


def invented(place: Village, chance: random.Random, count: int) -> Iterator[HouseholdRow]:
    """Yield households of a village in walking order. Every name says that it is invented."""
    for walk in range(1, count + 1):
        head = f"示例{chance.choice(SURNAMES)}{chance.choice(NAMES)}{chance.choice(NAMES)}"
        group = f"{'一二三四五六七八'[walk * 8 // (count + 1)]}组"
        yield HouseholdRow(walk, place.code, group, f"{walk}号", head, "", walk)
