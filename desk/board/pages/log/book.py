"""查值日簿: a year searched; a year bound, as long work."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from desk.board.actions import ask_book
from desk.board.pages.log.home import bp
from duty_roster.queries import log as queries
from duty_roster.rules.log import LOG_NAMES, READERS, LogKind, page_words
from kernel.staff.queries import names
from kernel.text import whole_number
from kernel.web.doors import actor, asks_again, open_to
from kernel.web.form_posts import answering
from kernel.web.house import house

WORDS_LIMIT = 100


@bp.get("/search")
@open_to(READERS)
def search() -> ResponseReturnValue:
    """Find entries of a year by words, whatever was added to them."""
    typed = request.args.get("q", "").strip()[:WORDS_LIMIT]
    kind = next((one for one in LogKind if one == request.args.get("kind", "")), None)
    year = request.args.get("year", "")
    chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    with house().reading() as session:
        found = queries.search(session, typed, chosen, kind) if typed or chosen or kind else []
        return render_template(
            "desk/board/log/search.html",
            typed=typed,
            year=chosen,
            kind=kind,
            years=queries.years(session),
            pages=queries.pages_of(session, chosen or house().today().year),
            kinds=LOG_NAMES.items(),
            log_names=LOG_NAMES,
            page_words=page_words,
            found=found,
            names=names(session),
        )


@bp.post("/book")
@open_to(READERS)
@asks_again(search)
def bind() -> ResponseReturnValue:
    """Let a year be bound: outside the request, with its progress on a page of its own."""
    year = whole_number(request.form.get("year", ""))
    with answering() as post:
        if not post.was_answered:
            work = ask_book(post.session, year, actor(), house().now())
            post.go_to("work.one", uuid=work.uuid)
    return redirect(post.answer, 303)
