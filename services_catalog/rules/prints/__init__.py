"""印什么: what card, board, handbook and leaflet say, and when one has grown old."""

from services_catalog.rules.prints.kinds import (
    PRINT_NAMES,
    CardFace,
    PrintKind,
    canonical,
    content_digest,
)

__all__ = ["PRINT_NAMES", "CardFace", "PrintKind", "canonical", "content_digest"]
