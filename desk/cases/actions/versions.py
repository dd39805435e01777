"""版本: a case that was changed beside its columns has changed all the same."""

from sqlalchemy.orm.attributes import flag_modified

from desk.cases.records import Case


def touch(case: Case) -> None:
    """Raise the version though no column of the case changed: its history did."""
    flag_modified(case, "result_note")
