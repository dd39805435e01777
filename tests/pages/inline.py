"""Reads a page as a browser would that looks for something to run."""

import re
from html.parser import HTMLParser

#: attributes whose value the browser goes to
FOLLOWED = {"href", "src", "action", "formaction", "data"}


class Inline(HTMLParser):
    """Collects what a browser would have to run or style without asking for a file."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.styles: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts without a file, style attributes, event handlers and script addresses."""
        names = dict(attrs)
        self._inside = tag
        if tag == "script" and not (names.get("src") or "").startswith("/static/"):
            self.found.append(f"<script> {names}")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (name in FOLLOWED and is_script(value)):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        """Note that the element is over."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Collect style sheets written into the page."""
        if self._inside == "style":
            self.styles.append(data)


def is_script(value: str | None) -> bool:
    plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
    return plain.startswith(("javascript:", "vbscript:", "data:text"))


def inline_in(page: str) -> Inline:
    reader = Inline()
    reader.feed(page)
    return reader
