"""发信工: one worker of the outbox in a process of its own, to be killed at any moment.

`python -m bench.chaos.sender EPOCH PORT`: the real jobs and the real gateway; only the network
leads to the carrier on loopback, and its clock runs as fast as the parent's.
"""

import random
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.http.response import Response

from app import open_house
from bench.installation import LOOPBACK
from desk.messages import jobs
from desk.messages.gateways.choice import from_settings
from desk.messages.gateways.twilio import TwilioGateway
from kernel.settings import Settings

#: half past eight in the township: the night is far
MORNING = datetime.fromisoformat("2026-03-02T08:30:00+08:00")
SPEED = 150
REST = 0.02
TIMEOUT = (1.0, 0.3)


@dataclass(frozen=True, slots=True)
class FastClock:
    """A clock that runs `SPEED` times as fast, the same in every process of a run."""

    epoch: float

    def now(self) -> datetime:
        """Return the present moment of the run."""
        return MORNING + timedelta(seconds=(time.time() - self.epoch) * SPEED)


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


def gateway(settings: Settings, port: int) -> TwilioGateway:
    """Return the real gateway with its line leading to loopback."""
    here = open_house(settings, FastClock(time.time()))
    (door,) = from_settings(settings, here.database.vault, ToLoopback(port))
    assert isinstance(door, TwilioGateway)
    return door


def main() -> None:
    """Work until killed."""
    epoch, port = float(sys.argv[1]), int(sys.argv[2])
    here = open_house(Settings.from_env(), FastClock(epoch))
    doors = [gateway(here.settings, port)]
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
