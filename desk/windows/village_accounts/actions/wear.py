"""计提折旧: draft the month's wear as one computed entry, with its 计算表."""

from datetime import datetime

from sqlalchemy.orm import Session

from desk.windows.village_accounts.actions.posting import write
from desk.windows.village_accounts.queries import sets
from desk.windows.village_accounts.queries.wear import WearLine, month_of_wear, opening_wear
from desk.windows.village_accounts.records import AccountEntry, AccountSet, AssetWear
from desk.windows.village_accounts.rules.depreciation import (
    ACCUMULATED_CODE,
    GIST,
    NothingToDepreciate,
    check_opening,
)
from desk.windows.village_accounts.rules.entries import Line, Written
from desk.windows.village_accounts.rules.kinds import EntryKind
from desk.windows.village_accounts.rules.periods import last_day, words
from kernel.access import Actor
from kernel.audit.actions import record


def draft_wear(session: Session, books: AccountSet, actor: Actor, now: datetime) -> AccountEntry:
    """Draft what the open month takes off the assets, once.

    Before the first time the register has to agree with what the books were opened with.
    Raises: NothingToDepreciate, WearDiffers.
    """
    session.refresh(books, with_for_update=True)
    period = sets.last_step(session, books.id).opens
    found = month_of_wear(session, books.id, period) if period % 100 else []
    lines = [one for one in found if not one.is_drafted]
    if not lines:
        raise NothingToDepreciate(period=words(period))
    if brought := opening_wear(session, books):
        check_opening(brought.register_fen, brought.books_fen)
    gist = GIST.format(period=words(period))
    both = _lines(session, books, lines)
    # its 计算表 is the one paper it rests on
    written = Written(EntryKind.COMPUTED, last_day(period), gist, both, attachments=1)
    draft = write(session, books, written, actor, now)
    for one in lines:  # in the place of a row whose entry was taken back
        row = AssetWear(asset_id=one.asset.id, period=period, entry_id=draft.id, fen=one.fen)
        session.merge(row)
    session.flush()
    subject = f"account_entry:{draft.uuid}"
    record(session, actor, "wear.drafted", subject, now, assets=len(lines), period=period)
    return draft


def _lines(session: Session, books: AccountSet, lines: list[WearLine]) -> list[Line]:
    by_code: dict[str, int] = {}
    for one in lines:
        code = one.asset.expense_code
        by_code[code] = by_code.get(code, 0) + one.fen
    debits = [
        Line(sets.account(session, books.id, code).id, debit_fen=fen)
        for code, fen in sorted(by_code.items())
    ]
    contra = sets.account(session, books.id, ACCUMULATED_CODE).id
    return [*debits, Line(contra, credit_fen=sum(by_code.values()))]
