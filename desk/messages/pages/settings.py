"""短信设置的页面: quiet hours, the day's cap, budgets, and the switch to a carrier abroad."""

from datetime import time

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.messages.actions import keeping as actions
from desk.messages.pages.outbox import KEEPERS
from desk.messages.pages.reports import bp
from desk.messages.queries import keeping
from desk.messages.rules.carriers import ABROAD, CARRIER_NAMES, LAW, SentenceNotRead
from desk.messages.rules.settings import read_fen, read_hour, read_li, read_small
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.fields import Typed
from kernel.web.form_posts import answering
from kernel.web.house import house


@bp.get("/messages/settings")
@open_to(KEEPERS)
def message_settings() -> ResponseReturnValue:
    """Show what the town decided about texts."""
    with house().reading() as session:
        kept = keeping.settings(session)
        return render_template(
            "desk/messages/settings.html",
            kept=kept,
            quiet_from=_hour(kept.quiet_from),
            quiet_until=_hour(kept.quiet_until),
            law=LAW,
            carriers=[CARRIER_NAMES[name] for name in house().settings.carriers],
            abroad=[CARRIER_NAMES[one] for one in house().settings.carriers if one in ABROAD],
        )


@bp.post("/messages/settings")
@open_to(KEEPERS)
@asks_again(message_settings)
def keep_message_settings() -> ResponseReturnValue:
    """Change what the town decided about texts."""
    typed = Typed()
    values = {
        "quiet_from": typed.read("quiet_from", read_hour),
        "quiet_until": typed.read("quiet_until", read_hour),
        "daily_cap": typed.read("daily_cap", read_small),
        "part_li": typed.read("part_li", read_li),
        "day_budget_fen": typed.read("day_budget", read_fen),
        "month_budget_fen": typed.read("month_budget", read_fen),
    }
    typed.finish()
    abroad_on = request.form.get("abroad_on") == "1"
    with answering() as post:
        if not post.was_answered:
            was_on = keeping.settings(post.session).abroad_on
            if abroad_on and not was_on and request.form.get("assessed") != "1":
                raise SentenceNotRead
            kept = {name: value for name, value in values.items() if value is not None}
            changed = {**kept, "abroad_on": abroad_on}
            actions.change_settings(post.session, changed, actor(), house().now())
            post.go_to(".message_settings")
    return redirect(post.answer, 303)


def _hour(minutes: int) -> str:
    return f"{time(minutes // 60, minutes % 60):%H:%M}"
