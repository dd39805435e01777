"""What is only ever added to is not replaced either; a sheet that was reviewed grows no line.

A bundle whose entry is in the books keeps it, with its signatures and scans.
"""

from migrations.append_only import refuse_replacing
from migrations.book_rules import Refusals
from migrations.books import guard, guard_one

revision = "0031"
down_revision = "0030"

APPEND_ONLY = (
    *("alarm_text", "audit_entry", "call_record", "case_call_try", "entrustment", "incident_line"),
    *("bundle_return", "cash_count", "cash_pieces", "original_refusal", "reconciliation"),
    *("disclosure", "disclosure_line", "disclosure_picture", "disclosure_release"),
    "disclosure_step",
    *("log_entry", "log_figure", "log_handover", "log_page", "log_step"),
    *("message_call", "message_template", "paper", "red_annulment", "redating", "reopening"),
    *("project_filing", "project_step", "road_map", "road_map_errand", "road_map_need"),
    "timeline_entry",
)

_POSTED = (
    "EXISTS (SELECT 1 FROM bundle b JOIN account_entry e ON e.id = b.entry_id"
    " WHERE b.case_id = {} AND e.posted_at IS NOT NULL)"
)
_RESTED_ON = (
    f"({_POSTED.format('OLD.bundle_id')} OR EXISTS (SELECT 1 FROM original_use u"
    " JOIN bundle b ON b.case_id = u.bundle_id JOIN account_entry e ON e.id = b.entry_id"
    " WHERE u.original_id = OLD.original_id AND e.posted_at IS NOT NULL))"
)
_STAYS = "what an entry in the books rests on stays"


def _changed(*columns: str) -> str:
    """Say that a column changes; sealed ones may, for they are sealed anew with a newer key."""
    return "(" + " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns) + ")"


_BUNDLE: dict[str, Refusals] = {
    "insert": (
        (
            "a bundle is not replaced",
            "EXISTS (SELECT 1 FROM bundle b"
            " WHERE b.case_id = NEW.case_id OR b.entry_id = NEW.entry_id)",
        ),
    ),
    "update": (
        (
            "a bundle in the books keeps its entry",
            f"{_changed('case_id', 'set_id', 'means', 'entry_id')}"
            f" AND {_POSTED.format('OLD.case_id')}",
        ),
        (
            "a bundle is not replaced",
            "EXISTS (SELECT 1 FROM bundle b WHERE b.case_id <> OLD.case_id"
            " AND (b.case_id = NEW.case_id OR b.entry_id = NEW.entry_id))",
        ),
    ),
    "delete": ((_STAYS, _POSTED.format("OLD.case_id")),),
}
_SIGNATURE: dict[str, Refusals] = {
    "insert": (
        (
            "a signature is not replaced",
            "EXISTS (SELECT 1 FROM bundle_signature s WHERE s.id = NEW.id OR s.uuid = NEW.uuid"
            " OR (s.bundle_id = NEW.bundle_id AND s.part = NEW.part))",
        ),
        ("a bundle in the books is signed", _POSTED.format("NEW.bundle_id")),
    ),
    "update": (
        (
            _STAYS,
            f"{_changed('id', 'uuid', 'bundle_id', 'part', 'signed_on', 'scan_id')}"
            f" AND ({_POSTED.format('OLD.bundle_id')} OR {_POSTED.format('NEW.bundle_id')})",
        ),
    ),
    "delete": ((_STAYS, _POSTED.format("OLD.bundle_id")),),
}
_SCAN: dict[str, Refusals] = {
    "insert": (
        (
            "a scan is not replaced",
            "EXISTS (SELECT 1 FROM account_scan s WHERE s.id = NEW.id OR s.uuid = NEW.uuid)",
        ),
    ),
    "update": ((_STAYS, f"{_changed('id', 'uuid', 'original_id', 'bundle_id')} AND {_RESTED_ON}"),),
    "delete": ((_STAYS, _RESTED_ON),),
}
_NO_MORE_LINES: Refusals = (
    (
        "a sheet that was reviewed grows no line",
        "EXISTS (SELECT 1 FROM disclosure_step s WHERE s.disclosure_id = NEW.disclosure_id)",
    ),
)


def upgrade() -> None:
    for table in APPEND_ONLY:
        refuse_replacing(table)
    guard({"bundle": _BUNDLE, "bundle_signature": _SIGNATURE, "account_scan": _SCAN})
    guard_one("disclosure_line", "insert", _NO_MORE_LINES)
