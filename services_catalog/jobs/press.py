"""印制的共同部分: what every print needs: the house, where the file goes, how far it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kernel.printing import missing_glyphs
from kernel.web.house import House
from services_catalog.actions.prints import Printed
from services_catalog.queries import prints as queries
from services_catalog.rules.prints.kinds import content_digest, sentences
from services_catalog.rules.prints.orders import LackingGlyphs, Order, stamp

#: told how far the work is, and of how much; raises Cancelled at its owner's wish
Step = Callable[[int, int], None]
PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class Task:
    """An order being carried out."""

    here: House
    order: Order
    #: where the files come to be; they leave it when all are whole
    folder: Path
    #: of the one file; empty: one a village
    name: str
    step: Step

    @property
    def site(self) -> str:
        """Return where the codes lead."""
        return self.here.settings.public_url.rstrip("/")

    def file(self, usual: str) -> Path:
        """Return where a file is written; `usual` is its name where there are several."""
        return self.folder / (self.name or f"{usual}{PDF}")


@dataclass(frozen=True, slots=True)
class Product:
    """What was printed, its files, and what has to be said about it."""

    printed: Sequence[Printed]
    files: Sequence[Path]
    notes: Sequence[str] = ()


def stamp_of(task: Task, content: dict[str, object]) -> dict[str, str]:
    """Return what stands small on a print of today."""
    with task.here.reading() as session:
        numbers = queries.edition(session)
    return stamp(task.here.today(), numbers, content_digest(content))


def refuse_lacking_glyphs(content: object) -> None:
    """Refuse words that the font cannot print. Raises LackingGlyphs."""
    if not missing_glyphs(chain.from_iterable(sentences(content))):
        return
    for said in sentences(content):
        lacking = missing_glyphs(said)
        if lacking:
            raise LackingGlyphs(said=said[:40], glyphs=lacking)
