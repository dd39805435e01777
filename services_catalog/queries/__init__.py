"""事项查询: questions about the catalogue, by topic."""

from services_catalog.queries.events import events, of_event
from services_catalog.queries.files import material_forms
from services_catalog.queries.items import (
    counts_by_state,
    draft,
    drafts,
    everyday_names,
    facts_of,
    facts_of_all,
    history,
    materials_of,
    names_by_item,
    published,
    spelled,
    version,
)
from services_catalog.queries.keeping import entries
from services_catalog.queries.lists import (
    Listed,
    by_codes,
    found,
    index,
    is_missed,
    published_at_window,
    published_in_section,
    published_list,
    search_entries,
    sections,
)
from services_catalog.queries.phones import numbers, phone_words
from services_catalog.queries.standings import standings

__all__ = [
    "Listed",
    "by_codes",
    "counts_by_state",
    "draft",
    "drafts",
    "entries",
    "events",
    "everyday_names",
    "facts_of",
    "facts_of_all",
    "found",
    "history",
    "index",
    "is_missed",
    "material_forms",
    "materials_of",
    "names_by_item",
    "numbers",
    "of_event",
    "phone_words",
    "published",
    "published_at_window",
    "published_in_section",
    "published_list",
    "search_entries",
    "sections",
    "spelled",
    "standings",
    "version",
]
