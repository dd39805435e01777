"""本乡: what is done to the town: found it, and fill a sample one with invented villages."""

import csv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kernel.editions import Edition, raise_edition
from kernel.town import rules
from kernel.town.records import Adviser, DirectoryUnit, Town, Village

SAMPLE = Path(__file__).parents[1] / "sample"


@dataclass(frozen=True, slots=True)
class Founding:
    """What has to be known of a town before the hall opens."""

    name: str
    signature: str
    duty_phone: str
    complaint_phone: str
    address: str
    is_sample: bool = False


def found(session: Session, founding: Founding, now: datetime) -> Town:
    """Write the town's one row."""
    town = Town(
        name=founding.name,
        hall=rules.hall_name(founding.name),
        signature=rules.checked_signature(founding.signature),
        is_sample=founding.is_sample,
        duty_phone=founding.duty_phone,
        complaint_phone=founding.complaint_phone,
        address=founding.address,
        hours=rules.HOURS,
        carry_days=rules.CARRY_DAYS,
        made_at=now,
    )
    session.add(town)
    raise_edition(session, Edition.TOWN)
    return town


def load_sample_places(session: Session) -> None:
    """Fill a sample town with its villages and its telephone directory."""
    for row in sample_rows("villages"):
        village = _village(row)
        session.add(village)
        session.flush()
        session.add_all(_adviser(row, village, place) for place in (1, 2))
    for row in sample_rows("units"):
        session.add(DirectoryUnit(**row, checked_note=""))
    raise_edition(session, Edition.DIRECTORY)


def sample_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a sample file."""
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _village(row: dict[str, str]) -> Village:
    return Village(
        code=row["code"],
        name=row["name"],
        households=int(row["households"]),
        is_riverside=row["river"] == "true",
        note=row["note"],
    )


def _adviser(row: dict[str, str], village: Village, place: int) -> Adviser:
    return Adviser(
        village_id=village.id,
        place=place,
        name=row[f"adviser_{place}"],
        office=row[f"adviser_{place}_office"],
        phone=row[f"adviser_{place}_phone"],
        education="",
    )
