"""办事目录的长活: what takes too long for a request: taking sheets in, printing."""

from services_catalog.jobs.prints import WORKS as PRINT_WORKS
from services_catalog.jobs.prints import print_order
from services_catalog.jobs.sheets import (
    BATCH,
    IMPORT,
    import_uploaded,
    look_at_sheet,
    take_in_sheet,
)

__all__ = [
    "BATCH",
    "IMPORT",
    "PRINT_WORKS",
    "import_uploaded",
    "look_at_sheet",
    "print_order",
    "take_in_sheet",
]
