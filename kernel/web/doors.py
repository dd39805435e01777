"""门: which page is open to whom. A page that does not say so opens to nobody."""

from collections.abc import Callable
from inspect import signature
from typing import Any, Final, Protocol, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, Unauthorized

from kernel.access import EVERY_ROLE, Actor, Role

View = TypeVar("View", bound=Callable[..., Any])
EVERYONE: Final = "everyone"
STAFF: Final = EVERY_ROLE
LOGIN = "office.login"
CHOOSE_PASSWORD = "own_account.password"
#: what somebody with an initial code may still open
OPEN_BEFORE_PASSWORD = frozenset({CHOOSE_PASSWORD, "own_account.choose_password", "office.leave"})


class Door(Protocol):
    """A view that has declared its audience."""

    open_to: frozenset[str]


def open_to(*who: str | frozenset[Role]) -> Callable[[View], View]:
    """Declare who may open a page: EVERYONE, STAFF, or some roles."""
    names: set[str] = set()
    for entry in who:
        names |= {entry} if isinstance(entry, str) else set(entry)

    def mark(view: View) -> View:
        view.open_to = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark


def signed_elsewhere(view: View) -> View:
    """Exempt a webhook from the form token: its caller proves itself by a signature."""
    view.signed_elsewhere = True  # type: ignore[attr-defined]
    return view


def asks_again(render: Callable[..., ResponseReturnValue]) -> Callable[[View], View]:
    """Say how a refused form is shown again: `render` gets those of the view's arguments it takes.

    It finds what was typed in the request, and the sentence in `g.refusal`.
    """
    taken = frozenset(signature(render).parameters)

    def again(**given: object) -> ResponseReturnValue:
        return render(**{name: value for name, value in given.items() if name in taken})

    def mark(view: View) -> View:
        view.asks_again = again  # type: ignore[attr-defined]
        return view

    return mark


def actor() -> Actor:
    """Return who is logged in. Raises Unauthorized."""
    found = maybe_actor()
    if found is None:
        raise Unauthorized
    return found


def maybe_actor() -> Actor | None:
    """Return who is logged in, or None for a villager."""
    return cast(Actor | None, g.get("actor"))


def watch_the_doors(app: Flask) -> None:
    """Check every request against what its page declared, before the page runs."""
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    if "trouble" in g:  # found while opening the session: nobody is sent to the login for that
        raise g.trouble
    view = current_app.view_functions[request.endpoint]
    audience: frozenset[str] = getattr(view, "open_to", frozenset())
    if EVERYONE in audience:
        return None
    return _check_staff(audience)


def _check_staff(audience: frozenset[str]) -> ResponseReturnValue | None:
    who = maybe_actor()
    if who is None:
        if request.method == "GET":
            return redirect(url_for(LOGIN, next=request.full_path.rstrip("?")))
        raise Unauthorized
    if who.roles.isdisjoint(audience):
        raise Forbidden
    if g.get("must_choose_password") and request.endpoint not in OPEN_BEFORE_PASSWORD:
        return redirect(url_for(CHOOSE_PASSWORD))
    return None
