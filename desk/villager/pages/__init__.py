"""公开页: the front page, the catalogue, a case's progress, the calculator."""

from desk.villager.pages import catalogue, deadline, front, interface, places, progress

BLUEPRINTS = (
    front.bp,
    catalogue.bp,
    catalogue.short,
    progress.bp,
    deadline.bp,
    places.bp,
    interface.bp,
)
