"""报账的页面: whose turn it is, one bundle with everything about it, and its way on."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.cases import queries as cases
from desk.cases.actions import verbs
from desk.cases.records import Case
from desk.cases.rules.lights import LIGHT_WORDS
from desk.windows.village_accounts.actions import bundles as actions
from desk.windows.village_accounts.actions import reviewing
from desk.windows.village_accounts.forms import bundles as forms
from desk.windows.village_accounts.pages.books import bp
from desk.windows.village_accounts.queries import bundles as queries
from desk.windows.village_accounts.queries import entries, originals, sets
from desk.windows.village_accounts.queries.money import cash_to_see_to
from desk.windows.village_accounts.queries.rents import reminded
from desk.windows.village_accounts.records import AccountEntry, Bundle
from desk.windows.village_accounts.rules import access, bundles, original_kinds
from desk.windows.village_accounts.rules.account_papers import approval_title
from desk.windows.village_accounts.rules.bundles import Station
from desk.windows.village_accounts.rules.means import MEANS_NAMES
from desk.windows.village_accounts.rules.signing import PART_NAMES, WITH_MINUTES
from kernel.access import Actor, Role
from kernel.hall import Hall
from kernel.staff.queries import names
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import version_on_screen
from kernel.web.form_posts import answering
from kernel.web.house import house

By = tuple[Actor, datetime, Hall]
Work = Callable[[Session, Case, Bundle, By], None]


@bp.get("/bundles/")
@open_to(access.VILLAGE_READERS)
def bundles_waiting() -> ResponseReturnValue:
    """Show what waits for whoever looks, what waits for others, and begin a bundle."""
    here, who = house(), actor()
    with here.reading() as session:
        when = (here.now(), here.today())
        own = [one for one, _ in sets.sets_of(session, who)]
        return render_template(
            "desk/windows/village_accounts/bundles.html",
            boxes=cash_to_see_to(session, own, here.today()),
            rents=reminded(session, own, here.today()),
            set_names={one.id: one.name for one in own},
            mine=queries.waiting_for(session, who, *when),
            others=queries.elsewhere(session, who, *when),
            sets=[(one.id, one.name) for one in own],
            may_begin=who.is_any(Role.VILLAGE_CLERK),
            may_set=who.is_any(*access.SETTERS),
            means=MEANS_NAMES.items(),
            limits=queries.limits(session),
            **_words(),
        )


def _words() -> dict[str, object]:
    return {
        "means_names": MEANS_NAMES,
        "station_names": bundles.STATION_NAMES,
        "light_words": LIGHT_WORDS,
        "original_names": original_kinds.KIND_NAMES,
        "purpose_names": original_kinds.PURPOSE_NAMES,
        "share_names": original_kinds.SHARE_NAMES,
        "ground_names": original_kinds.GROUND_NAMES,
        "part_names": PART_NAMES,
        "return_names": bundles.RETURN_NAMES,
    }


@bp.post("/bundles/")
@open_to(frozenset({Role.VILLAGE_CLERK}))
@asks_again(bundles_waiting)
def begin_bundle() -> ResponseReturnValue:
    """Begin a bundle."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            session = post.session
            what, set_id = forms.beginning(), forms.chosen("set")
            books = sets.account_set(session, set_id, actor())
            case = actions.begin(session, books, what, actor(), here.now(), here.hall(session))
            post.go_to(".case", number=case.number)
    return redirect(post.answer, 303)


@bp.get("/cases/<number>")
@open_to(access.VILLAGE_READERS)
def case(number: str) -> ResponseReturnValue:
    """Show a bundle with its papers, signatures and way; a villager's question on its own page."""
    here, who = house(), actor()
    with here.reading() as session:
        found = cases.at_window(session, queries.WINDOW, number)
        if session.get(Bundle, found.id) is None and not sets.is_clerk(who):
            return redirect(url_for(".question", number=found.number), 303)
        found, bundle, books = queries.of_case(session, number, who)
        uses = originals.uses_of(session, bundle)
        entry = session.get(AccountEntry, bundle.entry_id) if bundle.entry_id else None
        due_on, light = queries.running(session, found, here.now(), here.today())
        return render_template(
            "desk/windows/village_accounts/bundle.html",
            case=found,
            bundle=bundle,
            books=books,
            uses=uses,
            scans=originals.scans_of(session, [one.id for _, one in uses]),
            total=sum(use.amount_fen for use, _ in uses),
            needed=actions.needed(session, bundle) if uses else (),
            signed={one.part: one for one in queries.signed(session, bundle)},
            signed_scans=originals.bundle_scans(session, bundle),
            with_minutes=WITH_MINUTES,
            returns=queries.returns(session, bundle),
            entry=entry,
            entry_number=entries.number_of(entry) if entry else "",
            timeline=cases.timeline(session, found, public_only=False),
            due_on=due_on,
            light=light,
            stations=bundles.way(bundle.means, queries.limits(session).paying_order),
            is_mine=queries.is_in(bundle.station, who),
            may_enter=who.is_any(*access.MAKERS),
            today=here.today(),
            names=names(session),
            Station=Station,
            sheet_name=approval_title(bundle.means),
            **_words(),
        )


def at_hand(session: Session, number: str) -> tuple[Case, Bundle]:
    """Return a bundle on the version that was on screen; whoever else works on it waits.

    Raises: NotFound, Conflict.
    """
    found, bundle, _ = queries.of_case(session, number, actor())
    session.refresh(bundle, with_for_update=True)
    session.refresh(found, with_for_update={"of": Case})
    verbs.check_version(found, version_on_screen())
    return found, bundle


def press(number: str, work: Work, then: str = ".case") -> ResponseReturnValue:
    """Do one thing to a bundle in one transaction, on the version that was on screen."""
    here = house()
    with answering() as post:
        if not post.was_answered:
            found, bundle = at_hand(post.session, number)
            work(post.session, found, bundle, (actor(), here.now(), here.hall(post.session)))
            post.go_to(then, number=number)
    return redirect(post.answer, 303)


@bp.post("/cases/<number>/hand-in")
@open_to(frozenset({Role.VILLAGE_CLERK}))
@asks_again(case)
def hand_in(number: str) -> ResponseReturnValue:
    """Bring a bundle to the centre."""
    return press(number, reviewing.hand_in)


@bp.post("/cases/<number>/withdraw")
@open_to(frozenset({Role.VILLAGE_CLERK}))
@asks_again(case)
def withdraw_bundle(number: str) -> ResponseReturnValue:
    """Take a bundle back that has not left the village."""
    return press(number, reviewing.withdraw)


@bp.post("/cases/<number>/pass")
@open_to(access.CENTRE)
@asks_again(case)
def pass_bundle(number: str) -> ResponseReturnValue:
    """Find a bundle in order."""
    return press(number, reviewing.let_pass)


@bp.post("/cases/<number>/give-back")
@open_to(access.CENTRE)
@asks_again(case)
def give_bundle_back(number: str) -> ResponseReturnValue:
    """Send a bundle back with its reasons."""
    why = forms.reasons()

    def work(session: Session, found: Case, bundle: Bundle, by: By) -> None:
        reviewing.give_back(session, found, bundle, why, by)

    return press(number, work)


@bp.post("/cases/<number>/pay")
@open_to(frozenset({Role.CASHIER}))
@asks_again(case)
def pay_bundle(number: str) -> ResponseReturnValue:
    """Note that the money left, with the bank's slip."""
    paid = forms.payment()

    def work(session: Session, found: Case, bundle: Bundle, by: By) -> None:
        reviewing.pay(session, found, bundle, paid, by)

    return press(number, work)
