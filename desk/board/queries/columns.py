"""导出列查询: the columns of the export, and what a case says in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from desk.board.queries.lists import Moment
from desk.board.records import ExportColumn
from desk.board.rules.access import reads_whole
from desk.board.rules.export import Column, ExportField
from desk.cases.queries import opened
from desk.cases.queries.lights import lights_of
from desk.cases.queries.reach import Condition, within
from desk.cases.records import Case, CaseParty
from desk.cases.rules.lights import LIGHT_WORDS
from desk.cases.rules.notices import DOUBT
from desk.cases.rules.people import Part, Person
from desk.cases.rules.results import RESULT_NAMES
from desk.cases.rules.stages import STAGE_NAMES
from kernel.access import Role
from kernel.clock import town_day, town_time
from kernel.contact import masked_phone
from kernel.identity import LABELS, masked_number
from kernel.staff.queries import names
from kernel.text import masked_name
from services_catalog.records import ServiceItem
from services_catalog.rules.items import WINDOW_NAMES

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Around:
    """What a row says beyond its case."""

    people: Mapping[int, Person]
    lights: Mapping[int, str]
    clerks: Mapping[int, str]
    codes: Mapping[int, str]
    roles: frozenset[Role]
    #: the cases whose persons are masked whoever looks
    unnamed: set[int]


def columns(session: Session) -> list[Column]:
    """Return the columns of the export in their order."""
    query = sa.select(ExportColumn).order_by(ExportColumn.position)
    return [Column(one.field, one.heading) for one in session.scalars(query)]


def exported(
    session: Session,
    cases: Sequence[Case],
    wanted: Sequence[Column],
    by: tuple[frozenset[Role], Condition],
    moment: Moment,
) -> list[list[str]]:
    """Return a heading and a row for each case.

    Persons are masked where the roles of `by` read no whole ones, and, whoever takes the sheet
    out, in the cases of which its condition is true.
    """
    around = _around(session, cases, by, moment)
    rows = [[_said(column.field, case, around) for column in wanted] for case in cases]
    return [[column.heading for column in wanted], *rows]


def _around(
    session: Session,
    cases: Sequence[Case],
    by: tuple[frozenset[Role], Condition],
    moment: Moment,
) -> Around:
    people: dict[int, Person] = {}
    lights: dict[int, str] = {}
    for start in range(0, len(cases), CHUNK):
        ids = [case.id for case in cases[start : start + CHUNK]]
        mine = (CaseParty.case_id.in_(ids), CaseParty.part == Part.APPLICANT)
        for party in session.scalars(sa.select(CaseParty).where(*mine)):
            people[party.case_id] = opened(session, party)
        shown = lights_of(session, ids, moment.now, moment.today)
        lights |= {one: LIGHT_WORDS[light] for one, light in shown.items()}
    codes = session.execute(sa.select(ServiceItem.id, ServiceItem.code))
    unnamed = within(session, [case.id for case in cases], by[1])
    return Around(people, lights, names(session), {row[0]: row[1] for row in codes}, by[0], unnamed)


def _said(field: ExportField, case: Case, around: Around) -> str:
    """Return what a case says in a column."""
    item = case.item
    plain = {
        ExportField.NUMBER: case.number,
        ExportField.OUTSIDE_NUMBER: case.outside_number,
        ExportField.WINDOW: WINDOW_NAMES[case.window],
        ExportField.SECTION: item.section,
        ExportField.ITEM_CODE: around.codes[item.item_id],
        ExportField.ITEM: item.title,
        ExportField.BODY: item.body,
        ExportField.VILLAGE: case.village.name if case.village else "",
        ExportField.HANDLER: around.clerks.get(case.handler_id, ""),
        ExportField.STAGE: STAGE_NAMES[case.stage],
        ExportField.LIGHT: around.lights.get(case.id, ""),
        ExportField.RESULT: RESULT_NAMES[case.result] if case.result else "",
    }
    if field in plain:
        return plain[field]
    return {**_days(case), **_person(case, around)}[field]


def _days(case: Case) -> dict[ExportField, str]:
    accepted, closed = case.accepted_at, case.closed_at
    return {
        ExportField.RECEIVED: f"{town_time(case.received_at):%Y-%m-%d %H:%M}",
        ExportField.ACCEPTED: f"{town_day(accepted)}" if accepted else "",
        ExportField.DUE: f"{case.due_on}{_doubt(case)}" if case.due_on else "",
        ExportField.CLOSED: f"{town_time(closed):%Y-%m-%d %H:%M}" if closed else "",
    }


def _doubt(case: Case) -> str:
    return DOUBT if case.is_provisional else ""


def _person(case: Case, around: Around) -> dict[ExportField, str]:
    who = around.people.get(case.id, Person(name=""))
    is_whole = case.id not in around.unnamed and reads_whole(around.roles, case.window)
    number, phone = who.document_number, who.phone
    return {
        ExportField.APPLICANT: who.name if is_whole else masked_name(who.name),
        ExportField.DOCUMENT_KIND: LABELS[who.document_kind] if number else "",
        ExportField.DOCUMENT: number if is_whole else masked_number(number) if number else "",
        ExportField.PHONE: phone if is_whole else masked_phone(phone) if phone else "",
    }
