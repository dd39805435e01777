"""值日簿的页面: the page that is being written, hand-over, what was written before, the book."""

from desk.board.pages.log import book, handing, writing
from desk.board.pages.log.home import bp

__all__ = ["book", "bp", "handing", "writing"]
