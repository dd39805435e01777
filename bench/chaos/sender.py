"""发信工: one worker of the outbox in a process of its own, to be killed at any moment.

`python -m bench.chaos.sender CLOCK PORT`: the real jobs and the real gateway; only the network
leads to the carrier on loopback, and the clock is the one that lies in the file.
"""

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.http.response import Response

from app import open_house
from bench.chaos.messages_clock import RunClock
from bench.installation import LOOPBACK
from desk.messages import jobs
from desk.messages.gateways.choice import from_settings
from desk.messages.gateways.twilio import TwilioGateway
from kernel.settings import Settings
from kernel.web.house import House

REST = 0.02
TIMEOUT = (1.0, 0.3)


@dataclass(frozen=True, slots=True)
class ToLoopback:
    """One connection a request, one try, to the carrier on loopback."""

    port: int

    def request(self, method: str, uri: str, **how: Any) -> Response:
        """Make one request."""
        address = urlsplit(uri)
        url = f"http://{LOOPBACK}:{self.port}{address.path}"
        how |= {"timeout": TIMEOUT, "allow_redirects": False}
        with requests.Session() as session:
            answer = session.request(method.upper(), url, **how)
        return Response(answer.status_code, answer.content.decode(), answer.headers)


def gateway(here: House, port: int) -> TwilioGateway:
    """Return the real gateway with its line leading to loopback."""
    (door,) = from_settings(here.settings, here.database.vault, ToLoopback(port))
    assert isinstance(door, TwilioGateway)
    return door


def main() -> None:
    """Work until killed."""
    clock, port = RunClock.of(Path(sys.argv[1])), int(sys.argv[2])
    here = open_house(Settings.from_env(), clock)
    doors = [gateway(here, port)]
    while True:
        duty = random.choice(["deliver", "deliver", "reconcile", "tidy"])
        if duty == "deliver":
            jobs.deliver(here, doors)
        elif duty == "reconcile":
            jobs.reconcile(here, doors)
        else:
            jobs.tidy(here)
        time.sleep(REST)


if __name__ == "__main__":
    main()
