"""一眼: what stands beside a page is looked up with what the page is made with."""

from kernel.town.queries import villages
from kernel.web.house import House


def test_a_glance_while_somebody_looks_uses_the_same_session(here: House) -> None:
    with here.reading() as looking:
        with here.glancing() as glance:
            assert glance is looking
        with here.reading() as other, here.glancing() as glance:
            assert glance is other, "the innermost look"
        with here.glancing() as glance:
            assert glance is looking
            assert villages(glance)


def test_a_glance_alone_opens_and_closes_its_own(here: House) -> None:
    with here.reading() as before:
        pass
    with here.glancing() as glance:
        assert glance is not before
        assert villages(glance)
    with here.glancing() as another:
        assert another is not glance


def test_a_glance_at_another_house_does_not_see_this_one(here: House) -> None:
    other = House(here.database, here.clock, here.settings)
    with here.reading() as looking, other.glancing() as glance:
        assert glance is not looking
