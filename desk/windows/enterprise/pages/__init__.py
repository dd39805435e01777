"""企业窗口的页面: the board, enterprises, projects with their roads, mandates, road maps, cases."""

from desk.windows.enterprise.pages import (
    cases,
    complaints,
    enterprises,
    leaders,
    mandates,
    meetings,
    obstacles,
    own_page,
    own_voice,
    projects,
    roadmaps,
    settings,
    speaking,
    spending,
)
from desk.windows.enterprise.pages.board import bp

BLUEPRINTS = (bp, own_page.bp)

__all__ = [
    "BLUEPRINTS",
    "bp",
    "cases",
    "complaints",
    "enterprises",
    "leaders",
    "mandates",
    "meetings",
    "obstacles",
    "own_page",
    "own_voice",
    "projects",
    "roadmaps",
    "settings",
    "speaking",
    "spending",
]
