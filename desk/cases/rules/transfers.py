"""转交: a case changes hands when the receiver takes it, not before."""

from kernel.errors import Refusal


class AlreadyTransferring(Refusal):
    message = "此件已经请{name}接收，等对方答复；要换人请先撤回。"


class AlreadyTheirs(Refusal):
    message = "此件现在就由{name}经办，不用转交。"
    status = 422
    field = "to"


class TransferAnswered(Refusal):
    message = "这次转交已经答复过了，请看办理进度。"


class NotYoursToTake(Refusal):
    message = "只有被请的人可以接收；提出的人可以撤回。"


class NotAColleagueHere(Refusal):
    message = "请从列出的同事里选一位；离岗或换了岗位的不在里面。"
    status = 422
    field = "to"


def check_answerer(staff_id: int | None, parties: tuple[int, int], *, is_accepted: bool) -> None:
    """Refuse an answer by somebody who was not asked; who asked may only take it back.

    `parties` are (from whom, to whom).
    """
    sender, receiver = parties
    if staff_id == receiver or (staff_id == sender and not is_accepted):
        return
    raise NotYoursToTake


def asked_line(name: str, reason: str) -> str:
    """Return the staff's line about a transfer that waits."""
    return f"请{name}接收经办" + (f"：{reason}" if reason else "")


def taken_line(name: str) -> str:
    """Return the staff's line about who works the case now."""
    return f"{name}已接收，转由{name}经办"


def declined_line(name: str, answer: str) -> str:
    """Return the staff's line about a transfer that did not happen."""
    return f"{name}没有接收：{answer}"


def taken_back_line(answer: str) -> str:
    """Return the staff's line about a request that its asker took back."""
    return "转交已撤回" + (f"：{answer}" if answer else "")
