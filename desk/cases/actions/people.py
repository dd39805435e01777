"""登记人员: seal a person into a case, and lay the tokens by which the case is found."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from desk.cases.records import CaseParty, CaseSearchToken
from desk.cases.rules.people import Part, Person, search_keys
from kernel.house_session import vault_of


def add_parties(session: Session, case_id: int, people: Sequence[tuple[Part, Person]]) -> None:
    """Write the people of a case, each sealed under a key of their own."""
    for part, person in people:
        uuid = uuid4().hex
        wrapped, _ = vault_of(session).new_person_key(uuid)
        party = CaseParty(case_id=case_id, part=part, uuid=uuid, wrapped_key=wrapped)
        write_person(session, party, person)
        session.add(party)
    lay_tokens(session, case_id, [person for _, person in people])


def write_person(session: Session, party: CaseParty, person: Person) -> None:
    """Seal `person` into `party`, over whatever stood there."""
    key = vault_of(session).person_key(party.wrapped_key, party.uuid)

    def sealed(column: str, text: str) -> str:
        return key.seal(text, f"case_party|{column}|{party.uuid}") if text else ""

    party.relation = person.relation
    party.name_sealed = sealed("name", person.name)
    party.document_kind = person.document_kind
    party.document_sealed = sealed("document", person.document_number)
    party.born_on, party.sex = person.born_on, person.sex
    party.phone_sealed = sealed("phone", person.phone)
    party.address_sealed = sealed("address", person.address)


def lay_tokens(session: Session, case_id: int, people: Sequence[Person]) -> None:
    """Replace the tokens of a case by those of `people`."""
    vault = vault_of(session)
    tokens = {vault.blind(kind, text) for one in people for kind, text in search_keys(one)}
    if not tokens:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    rows = [{"token": token, "case_id": case_id} for token in sorted(tokens)]
    session.execute(insert(CaseSearchToken).on_conflict_do_nothing(), rows)


def forget_tokens(session: Session, case_id: int) -> None:
    """Take a case out of the search."""
    mine = CaseSearchToken.case_id == case_id
    session.execute(sa.delete(CaseSearchToken).where(mine))
