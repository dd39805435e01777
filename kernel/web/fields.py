"""填写的内容: what was typed, field by field, with a sentence beside each wrong one."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import g, request

from kernel.errors import InvalidInput, Refusal
from kernel.text import checked_text

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
TEXT_LIMIT = 2000
_VERSION = re.compile("[0-9]{1,9}")


class WrongFields(Refusal):
    """Several fields are wrong at once: each has its own sentence."""

    message = "有{count}处需要改正，已标在旁边，其他内容都还在。"
    status = 422

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(count=len(sentences))
        self.sentences = sentences


class NotADate(InvalidInput):
    message = "日期请写成 2026-11-22 这样。"


class NotAChoice(InvalidInput):
    message = "请从列出的选项里选一个。"


class NoFile(InvalidInput):
    message = "请先选择文件。"
    field = "file"


class Typed:
    """Reads a form; remembers what was refused and goes on, so that all is told at once."""

    def __init__(self) -> None:
        self.sentences: dict[str, str] = {}

    def text(self, name: str, limit: int = TEXT_LIMIT) -> str:
        """Return a text, or an empty one when it is refused."""
        return self.read(name, lambda typed: checked_text(typed, limit)) or ""

    def read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        """Return what `parse` makes of a field, or None when it refuses."""
        try:
            return parse(request.form.get(name, ""))
        except Refusal as refusal:
            self.sentences.setdefault(name, refusal.sentence)
            return None

    def optional(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        """Return what `parse` makes of a field, or None when it is empty or refused."""
        return self.read(name, parse) if request.form.get(name, "").strip() else None

    def choice(self, name: str, kind: type[Choice]) -> Choice | None:
        """Return the chosen member, or None when nothing, or nothing real, was chosen."""
        return self.one(name, kind) if request.form.get(name, "").strip() else None

    def one(self, name: str, kind: type[Choice]) -> Choice | None:
        """Return the member chosen; none at all is refused like one that is not on the list."""
        return self.read(name, lambda typed: one_of(kind, typed))

    def day(self, name: str) -> date | None:
        """Return a civil day, or None when the field is empty or refused."""
        return self.optional(name, read_day)

    def finish(self) -> None:
        """Refuse the whole form if any field was refused."""
        if self.sentences:
            raise WrongFields(self.sentences)


def one_of(kind: type[Choice], typed: str) -> Choice:
    """Return the member of that value. Raises NotAChoice."""
    try:
        return kind(typed)
    except ValueError as unknown:
        raise NotAChoice from unknown


def read_day(typed: str) -> date:
    """Return the day of an ISO date. Raises NotADate."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise NotADate from wrong


def version_on_screen() -> int:
    """Read which version of a record the form was made from; garbled: 0, which none has."""
    text = request.form.get("version", "")
    return int(text) if _VERSION.fullmatch(text) else 0


def sentence_beside(name: str) -> str:
    """Return the sentence that stands beside a field in the page being shown, or nothing."""
    refusal = g.get("refusal")
    if isinstance(refusal, WrongFields):
        return refusal.sentences.get(name, "")
    return refusal.sentence if refusal is not None and refusal.field == name else ""


def sentence_on_top() -> str:
    """Return the sentence that stands over the whole page being shown, or nothing."""
    refusal = g.get("refusal")
    return refusal.sentence if refusal is not None and not refusal.field else ""


def typed_before(name: str, otherwise: str = "") -> str:
    """Return what was typed into a field that is shown again."""
    if request.method == "POST":
        return request.form.get(name, otherwise)
    return otherwise


def ticked_before(name: str, *, otherwise: bool = False) -> bool:
    """Say whether a box was ticked in a form that is shown again."""
    return name in request.form if request.method == "POST" else otherwise


def uploaded_file() -> tuple[str, bytes]:
    """Return name and content of the file that was chosen. Raises NoFile."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoFile
    with file.stream as stream:
        return file.filename[:100], stream.read()
