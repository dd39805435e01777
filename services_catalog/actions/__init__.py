"""办事目录: what is done with the catalogue, by topic."""

from services_catalog.actions.files import hang, take_down_form
from services_catalog.actions.keeping import add_name, save
from services_catalog.actions.publishing import discard, publish, take_down
from services_catalog.actions.taking_in import (
    STARTER,
    load_starter,
    record_import,
    take_in,
    take_in_all,
)
from services_catalog.actions.words import (
    explain_missed,
    ignore_missed,
    load_first_synonyms,
    load_synonyms,
    name_missed,
    note_missed,
    remove_word,
    save_word,
)

__all__ = [
    "STARTER",
    "add_name",
    "discard",
    "explain_missed",
    "hang",
    "ignore_missed",
    "load_first_synonyms",
    "load_starter",
    "load_synonyms",
    "name_missed",
    "note_missed",
    "publish",
    "record_import",
    "remove_word",
    "save",
    "save_word",
    "take_down",
    "take_down_form",
    "take_in",
    "take_in_all",
]
