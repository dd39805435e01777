"""短信的页面: reports of carriers, the outbox, templates, settings, who wants no texts."""

from desk.messages.pages import opt_outs, outbox, settings, templates
from desk.messages.pages.reports import bp

#: each of the other modules hangs its pages on this blueprint
__all__ = ["bp", "opt_outs", "outbox", "settings", "templates"]
