"""成文: the contents of a paper of any kind, from what is known when it is given out."""

from collections.abc import Callable, Mapping

from desk.cases.rules.papers import PaperKind
from desk.cases.rules.papers_after import WRITTEN_AFTER
from desk.cases.rules.papers_before import WRITTEN_BEFORE
from desk.cases.rules.papers_contents import Contents
from desk.cases.rules.papers_known import Known

WRITTEN: Mapping[PaperKind, Callable[[Known], Contents]] = {**WRITTEN_BEFORE, **WRITTEN_AFTER}


def write_paper(kind: PaperKind, known: Known) -> Contents:
    """Return what a paper says."""
    return WRITTEN[kind](known)
