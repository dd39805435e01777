"""短信的约束: what the town decides about texts: wordings, quiet hours, budgets, who wants none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.messages.actions.claims import reader_of
from desk.messages.queries import keeping
from desk.messages.records import MessageTemplate, OptOut
from desk.messages.rules.opt_outs import AlreadyOut, NotOut, OptOutWay
from desk.messages.rules.shapes import TemplateName
from desk.messages.rules.templates import (
    filled,
    longest_values,
    refuse_matters,
    refuse_other_blanks,
)
from desk.messages.rules.wording import refuse_unfit, signed
from kernel.access import Actor
from kernel.audit import actions as audit
from kernel.house_session import vault_of


@dataclass(frozen=True, slots=True)
class Wording:
    """A template as typed."""

    wording: str
    signature: str
    carrier_template: str
    has_phone: bool
    owner: str


def preview(session: Session, name: TemplateName, typed: Wording, town_signature: str) -> str:
    """Return the text as a villager would read it, with the longest likely values.

    Raises: BlanksDiffer, MatterInText, and what no text may hold.
    """
    refuse_other_blanks(name, typed.wording)
    refuse_matters(typed.wording, keeping.unsayable(session))
    said = filled(typed.wording, longest_values(name))
    text = signed(typed.signature or town_signature, said, "K7QD")
    refuse_unfit(text, "K7QD", has_phone=typed.has_phone)
    return text


def change_template(
    session: Session, name: TemplateName, typed: Wording, actor: Actor, now: datetime
) -> MessageTemplate:
    """Put a new version of a template in force; the older ones stay."""
    version = keeping.versions(session, name)[0].version + 1
    added = MessageTemplate(
        name=name,
        version=version,
        wording=typed.wording,
        signature=typed.signature,
        carrier_template=typed.carrier_template,
        has_phone=typed.has_phone,
        owner=typed.owner,
        since_at=now,
        changed_by_id=actor.staff_id,
    )
    session.add(added)
    facts = {"version": version}
    audit.record(session, actor, "template.changed", f"template:{name}", now, **facts)
    return added


def change_settings(
    session: Session, values: Mapping[str, int | bool], actor: Actor, now: datetime
) -> None:
    """Change quiet hours, cap, budgets, the switch to a carrier abroad."""
    kept = keeping.settings(session)
    changed = {name: value for name, value in values.items() if getattr(kept, name) != value}
    for name, value in changed.items():
        setattr(kept, name, value)
    audit.record(session, actor, "messages.settings", "message_settings:1", now, **changed)


def opt_out(session: Session, digits: str, way: OptOutWay, actor: Actor, now: datetime) -> OptOut:
    """Note that a number wants no texts. Raises: AlreadyOut."""
    reader, uuid = reader_of(session, digits), uuid4().hex
    if keeping.has_opted_out(session, reader):
        raise AlreadyOut
    added = OptOut(
        uuid=uuid,
        reader=reader,
        mobile=vault_of(session).town.seal(digits, f"opt_out|mobile|{uuid}"),
        way=way,
        since_at=now,
        noted_by_id=actor.staff_id,
    )
    session.add(added)
    session.flush()
    audit.record(session, actor, "texts.opted_out", f"opt_out:{added.id}", now, way=way)
    return added


def opt_in(session: Session, opt_out_id: int, actor: Actor, now: datetime) -> None:
    """Note that a number wants texts again. Raises: NotOut."""
    ended = session.scalar(
        sa.update(OptOut)
        .where(OptOut.id == opt_out_id, OptOut.ended_at.is_(None))
        .values(ended_at=now)
        .returning(OptOut.id)
    )
    if ended is None:
        raise NotOut
    audit.record(session, actor, "texts.opted_in", f"opt_out:{opt_out_id}", now)
