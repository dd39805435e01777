"""待发: promise a message in the transaction of the fact it reports, or take the promise back."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.messages.actions.claims import reader_of
from desk.messages.queries.keeping import InForce, in_force
from desk.messages.records import OutboxMessage
from desk.messages.rules.delivery import TERMINAL, Delivery, mobile_place, sources
from desk.messages.rules.kinds import RUNG_UP, USUAL_QUIET, MessageKind, expires_at, not_before
from desk.messages.rules.shapes import BLANKS, SHAPES, TemplateName
from desk.messages.rules.templates import filled
from desk.messages.rules.wording import Said, mark_of, refuse_unfit, signature_of, signed
from kernel.database import UtcDateTime, prebuilt, table_of, write_many
from kernel.house_session import vault_of

#: built once: building an encoder takes longer than encoding two blanks
_as_text = json.JSONEncoder(ensure_ascii=False).encode
COUNTRY = "+86"
MOBILE_DIGITS = 11
STEM_BYTES = 8
_PROMISED = (
    *("uuid", "key", "kind", "mobile", "text", "mark", "state", "fence", "attempts"),
    *("not_found", "not_before", "expires_at", "queued_at", "reader", "template_id", "blanks"),
)
_LEAVE = (
    sqlite.insert(table_of(OutboxMessage))
    .values({name: sa.bindparam(name) for name in _PROMISED})
    .on_conflict_do_nothing(index_elements=["key"])
)
_QUEUE_ALL, _QUEUE = prebuilt(_LEAVE), prebuilt(_LEAVE.returning(OutboxMessage.id))


@dataclass(frozen=True, slots=True)
class Promise:
    """What is to be told to whom. The same `key` is the same promise, however often made."""

    key: str
    kind: MessageKind
    #: eleven digits, or E.164 as kernel.contact keeps it
    mobile: str = field(repr=False)
    #: gives the text for a mark: `partial(receipt_text, signature, number, due_text)`
    wording: Callable[[str], str]
    #: after this it would tell of what is over
    until: datetime | None = None


@dataclass(slots=True)
class _Lot:
    """What promises made together share: what was looked up, or reckoned, for one is for all."""

    session: Session
    now: datetime
    known: dict[TemplateName, InForce] = field(default_factory=dict)
    hours: dict[object, tuple[datetime, datetime]] = field(default_factory=dict)
    #: the beginning of every uuid: what comes together lies together in the index
    stem: str = field(default_factory=lambda: os.urandom(STEM_BYTES).hex())

    def uuid(self) -> str:
        """Return the uuid of one message."""
        return self.stem + os.urandom(STEM_BYTES).hex()

    def template(self, name: TemplateName) -> InForce:
        """Return a template in force."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = in_force(self.session, name)
        return found

    def span(self, promise: Promise, template: InForce | None) -> tuple[datetime, datetime]:
        """Return from when a message may go out, and until when it is worth sending."""
        same = (promise.kind, template and template.id, promise.until)
        found = self.hours.get(same)
        if found is None:
            quiet = template.quiet if template else USUAL_QUIET
            ready_at = not_before(promise.kind, self.now, quiet)
            found = ready_at, expires_at(promise.kind, ready_at, promise.until)
            self.hours[same] = found
        return found


def queue(session: Session, promise: Promise, now: datetime) -> bool:
    """Put a promise in the outbox unless it is there already; say whether it was new.

    Raises: LinkInText, PhoneInText, TextTooLong, NotSigned.
    """
    row = _row(promise, _Lot(session, now)) | _untried(now)
    return session.execute(_QUEUE, row).first() is not None


def queue_all(session: Session, promises: Iterable[Promise], now: datetime) -> None:
    """Put many promises in the outbox at once, those aside that are there already.

    Raises as `queue` does.
    """
    lot = _Lot(session, now)
    rows = [_row(promise, lot) for promise in promises]
    write_many(session, _QUEUE_ALL, rows, **_untried(now))


def withdraw(session: Session, key: str, now: datetime) -> bool:
    """Take a promise back; say whether its text is certain not to go out.

    One that a carrier may have already is at least not sent again.
    """
    stopped = session.scalar(
        sa.update(OutboxMessage)
        .where(OutboxMessage.key == key, OutboxMessage.state.in_(sources(Delivery.WITHDRAWN)))
        .values(state=Delivery.WITHDRAWN, settled_at=now)
        .returning(OutboxMessage.id)
    )
    if stopped is None:
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.key == key, OutboxMessage.state.not_in(TERMINAL))
            .values(expires_at=now)
        )
    return stopped is not None


def expire(session: Session, now: datetime) -> int:
    """Drop what waited past its worth; return how many."""
    rung, now_ = OutboxMessage.kind.in_(sorted(RUNG_UP)), sa.literal(now, UtcDateTime)
    dropped = session.scalars(
        sa.update(OutboxMessage)
        .where(OutboxMessage.state == Delivery.PENDING, OutboxMessage.expires_at <= now)
        .values(state=Delivery.EXPIRED, settled_at=now, rings_at=sa.case((rung, now_), else_=None))
        .returning(OutboxMessage.id)
    )
    return len(dropped.all())


def _row(promise: Promise, lot: _Lot) -> dict[str, Any]:
    uuid = lot.uuid()
    mark = mark_of(uuid)
    text, template, blanks = _in_force(lot, promise.wording(mark), mark)
    refuse_unfit(text, mark, has_phone=template.has_phone if template else False)
    ready_at, worth_until = lot.span(promise, template)
    digits = _digits(promise.mobile)
    return {
        "uuid": uuid,
        "key": promise.key,
        "kind": promise.kind,
        "mobile": vault_of(lot.session).town.seal(digits, mobile_place(uuid)),
        "text": text,
        "mark": mark,
        "not_before": ready_at,
        "expires_at": worth_until,
        "reader": reader_of(lot.session, digits),
        "template_id": template.id if template else None,
        "blanks": blanks,
    }


def _untried(now: datetime) -> dict[str, Any]:
    """Return where every message begins."""
    counts = {"fence": 0, "attempts": 0, "not_found": 0}
    return {"state": Delivery.PENDING, **counts, "queued_at": now}


def _in_force(lot: _Lot, said: str, mark: str) -> tuple[str, InForce | None, str | None]:
    """Return a text in the town's own words: (text, template, its blanks).

    What is sent again goes out as it was.
    """
    if not isinstance(said, Said):
        return said, None, None
    template = lot.template(said.template)
    text = str(said)
    if template.signature or template.wording != SHAPES[said.template].starter:
        signature = template.signature or signature_of(said)
        text = signed(signature, filled(template.wording, said.values), mark)
    blanks = {BLANKS[name].english: value for name, value in said.values.items()}
    return text, template, _as_text(blanks)


def _digits(mobile: str) -> str:
    digits = mobile.removeprefix(COUNTRY)
    if len(digits) != MOBILE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise ValueError("only a mobile can be sent a text")
    return digits
