"""看板的长活: a year of the duty log bound as a book, outside every request."""

from pathlib import Path

from desk.board.queries.book import book
from desk.board.rules.book import BOOK_WORK, BOUND, read_wanted
from kernel.printing import typeset
from kernel.work.commands import Doing, Worker


def bind_year(doing: Doing) -> tuple[Path | None, str]:
    """Bind a year's log as long work; one that was cancelled, or fell over, leaves no file."""
    here, year = doing.here, read_wanted(doing.wanted)
    with here.reading() as session:
        said = book(session, year, here.now(), doing.step)
    pages = said["pages"]
    assert isinstance(pages, list)
    sheets = typeset("log_book", said, tagged=False)
    out = doing.keep(f"log-{year}-{doing.uuid[:8]}.pdf", sheets)
    doing.step(len(pages) + 1, len(pages) + 1)
    return out, BOUND.format(year=year, pages=len(pages))


WORKS: dict[str, Worker] = {BOOK_WORK: bind_year}
