"""全部页面: every page somebody can open, found in the application itself, with data behind it.

A new page is looked at because it is there. One whose address has a new kind of argument has to
be given an example here, or the walk fails and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from flask import Flask
from werkzeug.routing import Rule

from kernel.access import Role
from kernel.web.doors import EVERYONE
from tests.stories.a_month_of_work import CARRIED, LONG, REFERRED, USUAL, Month

#: who is sent to look at a page of staff: the first of them who may
LOOKERS = (
    (Role.DIRECTOR, "director"),
    (Role.ADMIN, "admin"),
    (Role.COUNTER, "counter1"),
    (Role.ADVISER, "adviser"),
    (Role.DUTY_LEADER, "leader1"),
    (Role.HEAD, "head"),
    (Role.SUPERVISOR, "supervisor"),
    (Role.REVIEWER, "reviewer"),
    (Role.BOOKKEEPER, "bookkeeper"),
    (Role.CASHIER, "cashier"),
    (Role.VILLAGE_CLERK, "village_clerk"),
    (Role.AGENT, "agent"),
    (Role.DISCIPLINE, "discipline"),
)
#: what is no page: files, pieces of pages, data, and doors that lead on
NO_PAGES = (
    "/static/",
    "/api/",
    "/large",
    "/start",
    "/windows/general/items",
    "/forms/",
    "/screen",
    "/duty/photo/",
)
NO_PAGE_ENDINGS = (".pdf", ".ics", ".xlsx", ".csv", ".html", "/result", "/file")
ELSEWHERE_WINDOW = "BM-060"
#: the same pages again, as they look with an answer, without one, or when refused
FURTHER = {
    "": (
        "/items/?q=身份证丢了",
        "/items/?q=xyzzy",
        "/items/section/没有",
        f"/items/{USUAL}/check?asked=1&yes=0",
        "/deadline?accepted_on=2026-09-24&days=20&unit=working",
        "/deadline?accepted_on=2026-09-24&days=3000&unit=calendar",
        "/deadline?accepted_on=x&days=5&unit=working",
        "/nothing",
        "/c/00000000000000000000000000",
    ),
    "director": (
        "/windows/general/find?q=示例",
        "/windows/general/find?q=没有这个人",
        "/windows/general/new?q=低保",
        "/windows/general/new?q=xyzzy",
        "/duty/?month=2020-01",
        "/duty/draft?month=2020-01",
        "/staff/",
        "/catalogue/?due=1",
        "/catalogue/?q=没有这个事项",
        f"/catalogue/items/{USUAL}/compare?whole=1",
        "/catalogue/synonyms?q=户口",
        "/catalogue/missed?words=叽里呱啦的事&q=身份证",
        "/nothing",
    ),
}

#: of these, what is refused to whoever looks
REFUSED = {
    "/nothing",
    "/staff/",
    "/c/00000000000000000000000000",
    "/deadline?accepted_on=x&days=5&unit=working",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """One page as one person opens it; nobody's name stands for a villager."""

    path: str
    username: str = ""

    @property
    def name(self) -> str:
        """Return a name for its picture."""
        words = unquote(self.path).strip("/") or "front"
        return "".join(letter if letter.isalnum() else "-" for letter in words)[:60]


def every_sight(app: Flask, month: Month) -> list[Sight]:
    """Return every page of the application, each with what it looks like with data in it."""
    found = [sight for rule in app.url_map.iter_rules() for sight in _of(app, rule, month)]
    more = [Sight(quote(path, "/?=&"), who) for who, paths in FURTHER.items() for path in paths]
    return sorted({*found, *more}, key=lambda sight: (sight.username, sight.path))


def _of(app: Flask, rule: Rule, month: Month) -> Iterator[Sight]:
    is_file = rule.rule.startswith(NO_PAGES) or rule.rule.endswith(NO_PAGE_ENDINGS)
    if is_file or "GET" not in (rule.methods or ()):
        return
    audience: frozenset[str] = getattr(app.view_functions[rule.endpoint], "open_to", frozenset())
    adapter = app.url_map.bind("")
    for values in _examples(rule, month):
        path = adapter.build(rule.endpoint, values)
        yield Sight(path, "" if EVERYONE in audience else _looker(audience, rule))


def _looker(audience: frozenset[str], rule: Rule) -> str:
    for role, username in LOOKERS:
        if role in audience:
            return username
    raise AssertionError(f"nobody may open {rule.rule}")


def _examples(rule: Rule, month: Month) -> list[dict[str, str]]:
    """Return the arguments to open a rule with: one set for each thing there is to see."""
    if not rule.arguments:
        return [{}]
    if rule.rule in month.pairs:
        return month.pairs[rule.rule]
    (name,) = rule.arguments
    found = _values(rule.rule, name, month)
    assert found, f"nobody has looked at {rule.rule}: give it an example in sights.py"
    return [{name: value} for value in found]


def _values(rule: str, name: str, month: Month) -> list[str]:
    """Return values for the one argument of a rule."""
    by_rule = {
        "/c/<code>": list(month.codes.values()),
        "/C/<code>": [month.codes["late"]],
        "/windows/general/new/<code>": [USUAL, LONG, REFERRED, ELSEWHERE_WINDOW],
        "/windows/general/cases/<number>": list(month.numbers.values()),
        "/windows/general/cases/<number>/paper": [
            month.numbers[kind] for kind in ("full", "fresh", "carried", "awaiting", "referred")
        ],
        "/adviser/new/<code>": [CARRIED, REFERRED],
        "/adviser/cases/<number>": [month.numbers["by_adviser"]],
    }
    villages = ("/v/", "/villages/", "/cards/villages/")
    if rule.lower().startswith(villages):
        return [month.village]
    if rule.lower().startswith("/h/"):
        return [month.card]
    by_name = {
        "code": [USUAL, LONG],
        "number": [month.numbers["full"]],
        "section": ["民政"],
        "countdown_id": ["1"],  # of the case that is late
        "person_id": ["1"],  # of the rota
        **month.places,
    }
    return by_rule.get(rule, by_name.get(name, []))
