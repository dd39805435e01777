"""登记人员: seal a person into a case, and lay the tokens by which the case is found."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from desk.cases.records import CaseParty, CaseSearchToken
from desk.cases.rules.people import Part, Person, search_keys
from kernel.database import prebuilt, table_of
from kernel.house_session import vault_of
from kernel.vault import Sealer

_ADD = sa.insert(table_of(CaseParty))
_LAY = prebuilt(sqlite.insert(CaseSearchToken).on_conflict_do_nothing())


def add_parties(session: Session, case_id: int, people: Sequence[tuple[Part, Person]]) -> None:
    """Write the people of a case, each sealed under a key of their own."""
    rows = [_row(session, case_id, part, person) for part, person in people]
    if rows:
        session.execute(_ADD, rows)
    lay_tokens(session, case_id, [person for _, person in people])


def write_person(session: Session, party: CaseParty, person: Person) -> None:
    """Seal `person` into `party`, over whatever stood there."""
    key = vault_of(session).person_key(party.wrapped_key, party.uuid)
    for name, value in _sealed(key, party.uuid, person).items():
        setattr(party, name, value)


def lay_tokens(session: Session, case_id: int, people: Sequence[Person]) -> None:
    """Replace the tokens of a case by those of `people`."""
    vault = vault_of(session)
    tokens = {vault.blind(kind, text) for one in people for kind, text in search_keys(one)}
    if not tokens:
        return
    session.execute(_LAY, [{"token": token, "case_id": case_id} for token in sorted(tokens)])


def forget_tokens(session: Session, case_id: int) -> None:
    """Take a case out of the search."""
    mine = CaseSearchToken.case_id == case_id
    session.execute(sa.delete(CaseSearchToken).where(mine))


def _row(session: Session, case_id: int, part: Part, person: Person) -> dict[str, object]:
    uuid = uuid4().hex
    wrapped, key = vault_of(session).new_person_key(uuid)
    whose = {"case_id": case_id, "part": part, "uuid": uuid, "wrapped_key": wrapped}
    return {**whose, **_sealed(key, uuid, person)}


def _sealed(key: Sealer, uuid: str, person: Person) -> dict[str, object]:
    """Return what is kept of a person, column by column."""

    def sealed(column: str, text: str) -> str:
        return key.seal(text, f"case_party|{column}|{uuid}") if text else ""

    return {
        "relation": person.relation,
        "name_sealed": sealed("name", person.name),
        "document_kind": person.document_kind,
        "document_sealed": sealed("document", person.document_number),
        "born_on": person.born_on,
        "sex": person.sex,
        "birth_reason_sealed": sealed("birth_reason", person.birth_reason),
        "phone_sealed": sealed("phone", person.phone),
        "address_sealed": sealed("address", person.address),
    }
