"""本乡: what is done to the town, by topic."""

from kernel.town.actions.directory import (
    add_unit,
    change_unit,
    import_directory,
    note_check,
    reopen_unit,
    retire_unit,
)
from kernel.town.actions.founding import (
    SAMPLE,
    Founding,
    found,
    load_sample_places,
    sample_rows,
)

__all__ = [
    "SAMPLE",
    "Founding",
    "add_unit",
    "change_unit",
    "found",
    "import_directory",
    "load_sample_places",
    "note_check",
    "reopen_unit",
    "retire_unit",
    "sample_rows",
]
