"""样板短信: a gateway for the sample town and for trial days. It reaches no phone at all.

What would have gone out is appended to `var/outbox.log`, with the number masked.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from desk.messages.gateways import Outgoing
from kernel.contact import masked_phone


@dataclass(frozen=True, slots=True)
class ConsoleGateway:
    """Writes one line a text; has no list, so a crash in the middle is left to a person."""

    log: Path
    name: str = "console"
    is_abroad: bool = False
    can_list: bool = False

    def send(self, outgoing: Outgoing) -> str:
        """Append the text to the log and return once it is on the disk."""
        moment = outgoing.started_at.isoformat(timespec="seconds")
        text = " ".join(outgoing.text.split())
        line = f"{moment} {masked_phone(outgoing.mobile)} {text}\n"
        handle = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        return f"console-{outgoing.uuid}"

    def find(self, outgoing: Outgoing) -> str | None:
        """Never asked, because `can_list` is False."""
        raise NotImplementedError
