"""导入结果: what an import tells the person who ran it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from kernel.errors import Refusal
from services_catalog.rules.sheets import RefusedRow, Sheet
from services_catalog.rules.versions import Outcome

IMPORTING = "导入中"
DRY_RUN = "试运行：没有写入任何内容。"
UNFINISHED = "导入中断。已写入的部分有效，再运行一次即可接着导入。"
#: refused rows named one by one; the rest is counted
MOST_ROWS_TOLD = 200
MORE_ROWS = "……另有{count}行没有导入，改好上面这些后再试一次。"
#: how an uploaded file is named in the list of one's long work
IMPORT_TITLE, REHEARSAL_TITLE = "导入清单 {name}", "试导入清单 {name}"


class FileGone(Refusal):
    message = "试导入的文件已经导入过，或者过期清理了，请重新上传。"
    status = 410


def name_in(title: str) -> str:
    """Return the file's name from the title of its rehearsal."""
    return title.removeprefix(REHEARSAL_TITLE.format(name=""))


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of a sheet."""

    added: int = 0
    changed: int = 0
    drafts: int = 0
    unchanged: int = 0
    refused: int = 0

    @classmethod
    def of(cls, results: Iterable[Outcome | Refusal]) -> "Tally":
        """Count what became of a number of rows."""
        seen = Counter(result if isinstance(result, Outcome) else None for result in results)
        return cls(
            added=seen[Outcome.ADDED],
            changed=seen[Outcome.CHANGED],
            drafts=seen[Outcome.DRAFTED],
            unchanged=seen[Outcome.UNCHANGED],
            refused=seen[None],
        )

    def __add__(self, other: "Tally") -> "Tally":
        mine, theirs = asdict(self), asdict(other)
        return Tally(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def has_changes(self) -> bool:
        """Say whether anything in the catalogue is now another than before."""
        return bool(self.added or self.changed or self.drafts)


@dataclass(frozen=True, slots=True)
class Report:
    """What an import tells: the counts, the columns passed over, the rows not taken in."""

    tally: Tally
    unknown_columns: tuple[str, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def words(self) -> str:
        """Return the whole report, the longest lists cut."""
        rows = [refused_row(row) for row in self.refused[:MOST_ROWS_TOLD]]
        if len(self.refused) > MOST_ROWS_TOLD:
            rows.append(MORE_ROWS.format(count=len(self.refused) - MOST_ROWS_TOLD))
        return "\n".join(
            filter(None, [unknown_columns(self.unknown_columns), *rows, summary(self.tally)])
        )


def report(sheet: Sheet, results: Sequence[Outcome | Refusal]) -> Report:
    """Return what an import tells; rows it did not reach are not spoken of."""
    late = (
        RefusedRow(row.number, result.sentence)
        for row, result in zip(sheet.rows, results, strict=False)
        if isinstance(result, Refusal)
    )
    refused = sorted((*sheet.refused, *late), key=lambda row: row.number)
    tally = Tally.of(results) + Tally(refused=len(sheet.refused))
    return Report(tally, sheet.unknown_columns, tuple(refused))


def summary(tally: Tally) -> str:
    """Return the counts in one line."""
    return (
        f"新增发布{tally.added}项，更新发布{tally.changed}项，草稿{tally.drafts}项，"
        f"未变{tally.unchanged}项，未导入{tally.refused}行。"
    )


def unknown_columns(names: Iterable[str]) -> str:
    """Return the sentence that names the columns that were passed over, or nothing."""
    listed = "、".join(f"“{name}”" for name in names)
    return f"以下列不认识，没有导入：{listed}。" if listed else ""


def refused_row(row: RefusedRow) -> str:
    """Return the line for one row that was not taken in."""
    return f"第{row.number}行：{row.sentence}"
