"""印制的长活: do what an order wants: read, set, and write down what was printed.

Files come first: what was printed is on record only when its file is whole, and a file whose
record cannot be written is taken away again.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from kernel.access import Actor
from kernel.web.house import House
from kernel.work.commands import Doing, Worker
from kernel.work.queries import by_uuid
from services_catalog.actions.prints import remember
from services_catalog.jobs.press import PDF, Product, Step, Task
from services_catalog.jobs.press_boards import set_boards
from services_catalog.jobs.press_books import set_handbook, set_leaflet
from services_catalog.jobs.press_cards import set_cards
from services_catalog.rules.prints.kinds import PrintKind
from services_catalog.rules.prints.orders import WORK_KINDS, Order, printed_words, read_wanted

_SETTERS: dict[PrintKind, Callable[[Task], Product]] = {
    PrintKind.CARD: set_cards,
    PrintKind.BOARD: set_boards,
    PrintKind.HANDBOOK: set_handbook,
    PrintKind.LEAFLET: set_leaflet,
}


def print_order(here: House, order: Order, out: Path, actor: Actor, step: Step) -> str:
    """Print what is wanted into `out` (a PDF, or a folder); return what is to be said about it.

    Raises: Refusals of what cannot be printed; Cancelled, out of `step`.
    """
    is_file = out.suffix.lower() == PDF
    target = out.parent if is_file else out
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".print-", dir=target) as folder:
        task = Task(here, order, Path(folder), out.name if is_file else "", step)
        product = _SETTERS[order.kind](task)
        files = [file.replace(target / file.name) for file in product.files]
    try:
        with here.writing() as session:
            remember(session, product.printed, actor, here.now())
    except BaseException:
        for file in files:
            file.unlink(missing_ok=True)
        raise
    copies = sum(one.copies for one in product.printed)
    return "\n".join(filter(None, (printed_words(order.kind, copies), *product.notes)))


def print_wanted(doing: Doing) -> tuple[Path | None, str]:
    """Print as long work."""
    with doing.here.reading() as session:
        actor = Actor(by_uuid(session, doing.uuid).owner_id, "")
    out = doing.folder / f"{doing.uuid}{PDF}"
    return out, print_order(doing.here, read_wanted(doing.wanted), out, actor, doing.step)


WORKS: dict[str, Worker] = dict.fromkeys(WORK_KINDS.values(), print_wanted)
