"""退订的页面: at the desk and by telephone to the desk, and in public with a code."""

import contextlib
import hashlib
import hmac

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from desk.messages.actions import Promise, keeping, queue
from desk.messages.actions.claims import reader_of
from desk.messages.pages.outbox import WORKERS
from desk.messages.pages.reports import bp
from desk.messages.queries.keeping import opt_outs
from desk.messages.rules.kinds import ONE_DAY, MessageKind
from desk.messages.rules.opt_outs import (
    CODE_DIGITS,
    CODE_VALID,
    CODES_A_DAY,
    OPT_OUT_WAYS,
    TRIES,
    AlreadyOut,
    MobileOnly,
    OptOutWay,
    WrongCode,
)
from desk.messages.rules.wording import code_text
from kernel.access import HOUSE
from kernel.attempts import count_try
from kernel.audit import actions as audit
from kernel.contact import PhoneKind, masked_phone, parse_phone
from kernel.errors import InvalidInput
from kernel.house_session import vault_of
from kernel.town.queries import the_town
from kernel.web.doors import EVERYONE, actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house

FROM_ONE_ADDRESS = 20


@bp.get("/messages/opt-outs")
@open_to(WORKERS)
def who_is_out() -> ResponseReturnValue:
    """Show who wants no texts, and a form for the next one."""
    with house().reading() as session:
        town = vault_of(session).town
        rows = [
            (one, masked_phone(town.open(one.mobile, f"opt_out|mobile|{one.uuid}")))
            for one in opt_outs(session)
        ]
        ways = [(way, OPT_OUT_WAYS[way]) for way in (OptOutWay.DESK, OptOutWay.PHONE)]
        return render_template(
            "desk/messages/opt_outs.html", rows=rows, ways=ways, way_names=OPT_OUT_WAYS
        )


@bp.post("/messages/opt-outs")
@open_to(WORKERS)
@asks_again(who_is_out)
def opt_out() -> ResponseReturnValue:
    """Note that somebody at the desk, or on the telephone, wants no texts."""
    typed = Typed()
    digits = typed.read("mobile", _digits)
    way = typed.one("way", OptOutWay)
    typed.finish()
    with answering() as post:
        if not post.was_answered:
            assert digits is not None
            assert way is not None
            keeping.opt_out(post.session, digits, way, actor(), house().now())
            post.go_to(".who_is_out")
    return redirect(post.answer, 303)


@bp.post("/messages/opt-outs/<int:opt_out>/end")
@open_to(WORKERS)
@asks_again(who_is_out)
def opt_in(opt_out: int) -> ResponseReturnValue:
    """Note that somebody wants texts again."""
    with answering() as post:
        if not post.was_answered:
            keeping.opt_in(post.session, opt_out, actor(), house().now())
            post.go_to(".who_is_out")
    return redirect(post.answer, 303)


@bp.get("/no-texts")
@open_to(EVERYONE)
def no_texts() -> ResponseReturnValue:
    """Ask for the number that wants no texts, or for the code that was sent to it."""
    g.is_personal = True
    step = g.get("step") or ("code" if request.args.get("step") == "code" else "ask")
    return render_template("desk/messages/no_texts.html", step=step)


@bp.post("/no-texts")
@open_to(EVERYONE)
@asks_again(no_texts)
def send_code() -> ResponseReturnValue:
    """Send a code to the number. The answer is the same for every number."""
    g.is_personal = True
    digits, here = _digits(request.form.get("mobile", "")[:40]), house()
    with here.writing() as session:
        _count(session, digits, "codes", CODES_A_DAY)
    with here.writing() as session:
        slot = _slot()
        code, signature = _code(session, digits, slot), the_town(session).signature
        key = f"code:{reader_of(session, digits).hex()}:{slot}"
        wording = lambda mark: code_text(signature, code, mark)  # noqa: E731
        queue(session, Promise(key, MessageKind.CODE, digits, wording), here.now())
        audit.record(session, HOUSE, "texts.code_asked", "opt_out:code", here.now())
    g.step = "code"
    return no_texts()


@bp.post("/no-texts/code")
@open_to(EVERYONE)
@asks_again(no_texts)
def confirm_code() -> ResponseReturnValue:
    """Note an opt-out whose code is right."""
    g.is_personal, g.step = True, "code"
    digits, here = _digits(request.form.get("mobile", "")[:40]), house()
    typed = request.form.get("answer", "").strip()[:CODE_DIGITS]
    with here.writing() as session:
        _count(session, digits, "tries", TRIES)
    with here.writing() as session:
        codes = [_code(session, digits, slot) for slot in (_slot(), _slot() - 1)]
        if not any(hmac.compare_digest(typed.encode(), code.encode()) for code in codes):
            raise WrongCode
        with contextlib.suppress(AlreadyOut):
            keeping.opt_out(session, digits, OptOutWay.WEB, HOUSE, here.now())
    g.step = "done"
    return no_texts()


def _count(session: Session, digits: str, what: str, limit: int) -> None:
    now, reader = house().now(), reader_of(session, digits).hex()
    count_try(session, f"no-texts-from:{request.remote_addr}", FROM_ONE_ADDRESS, ONE_DAY, now)
    count_try(session, f"no-texts-{what}:{reader}", limit, ONE_DAY, now)


def _slot() -> int:
    return int(house().now().timestamp() // CODE_VALID.total_seconds())


def _code(session: Session, digits: str, slot: int) -> str:
    """Return the code of a number for ten minutes: computed, never stored."""
    token = vault_of(session).token("no-texts", digits, slot)
    number = int.from_bytes(hashlib.sha256(token.encode()).digest()[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def _digits(typed: str) -> str:
    try:
        phone = parse_phone(typed)
    except InvalidInput:
        raise MobileOnly from None
    if phone.kind is not PhoneKind.MOBILE:
        raise MobileOnly
    return phone.stored.removeprefix("+86")
