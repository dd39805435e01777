"""运营商替身: Twilio's Messages as a server on loopback that misbehaves in every known way.

500 before and after accepting, answers that never come, resets, 429; its list lags behind. It
remembers every text it took, by the address that the desk wants reports sent to.
"""

import json
import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.installation import LOOPBACK
from desk.messages.rules.delivery import Delivery
from kernel.clock import Clock

#: fault → how often, in every hundred requests
FAULTS = {
    "none": 62,
    "500 before": 5,
    "500 after": 7,
    "hangs before": 3,
    "hangs after": 5,
    "resets before": 4,
    "resets after": 6,
    "429": 5,
    "refuses": 3,
}
LIST_FAILS = 0.1
LONGEST_LAG = 300
#: longer than the desk's workers wait for an answer here, seconds
HANGS = 0.6


@dataclass(slots=True)
class Taken:
    """A text the carrier took."""

    sid: str
    uuid: str
    to: str
    body: str
    listed_at: datetime


@dataclass(slots=True)
class WildCarrier:
    """What it took, what it refused, and the reports still on their way."""

    dice: random.Random
    clock: Clock
    lock: threading.Lock = field(default_factory=threading.Lock)
    taken: list[Taken] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    reports: list[tuple[datetime, str, Delivery]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    #: what goes wrong with the next requests: shuffled by the hundred, so that each fault comes
    deck: list[str] = field(default_factory=list)

    def fault(self) -> str:
        """Return what goes wrong with a request."""
        with self.lock:
            if not self.deck:
                self.deck = list(Counter(FAULTS).elements())
                self.dice.shuffle(self.deck)
            drawn = self.deck.pop()
            self.faults[drawn] += 1
            return drawn

    @property
    def served(self) -> int:
        """Return how many texts it was asked to take, whatever it said."""
        return self.faults.total()

    def take(self, form: dict[str, list[str]]) -> str:
        """Take a text; some reports about it will come twice, late, in any order, or never."""
        uuid, now = uuid_of(form), self.clock.now()
        with self.lock:
            sid = f"SM{len(self.taken):032x}"
            listed_at = now + timedelta(seconds=self.dice.randint(0, LONGEST_LAG))
            self.taken.append(Taken(sid, uuid, form["To"][0], form["Body"][0], listed_at))
            fate = self.dice.choice([Delivery.DELIVERED] * 9 + [Delivery.UNDELIVERED])
            for told in (Delivery.ACCEPTED, fate, Delivery.ACCEPTED, fate):
                if self.dice.random() < 0.7:
                    due_at = now + timedelta(seconds=self.dice.randint(0, 1800))
                    self.reports.append((due_at, uuid, told))
        return sid

    def refuse(self, form: dict[str, list[str]]) -> None:
        """Remember whom it turned down for good."""
        with self.lock:
            self.refused.add(uuid_of(form))

    def reports_due(self) -> list[tuple[str, Delivery]]:
        """Return the reports that arrive by now, in no order."""
        now = self.clock.now()
        with self.lock:
            due = [(uuid, told) for at, uuid, told in self.reports if at <= now]
            self.reports = [report for report in self.reports if report[0] > now]
            self.dice.shuffle(due)
        return due

    def listed(self, to: str) -> list[dict[str, Any]]:
        """Return what the list shows of a number by now."""
        now = self.clock.now()
        with self.lock:
            shown = [one for one in self.taken if one.to == to and one.listed_at <= now]
        return [{"sid": one.sid, "body": one.body, "date_created": None} for one in shown]

    def duplicates(self) -> int:
        """Return how many texts went out more than once."""
        return sum(count - 1 for count in Counter(one.uuid for one in self.taken).values())


def uuid_of(form: dict[str, list[str]]) -> str:
    """Return the desk's own id of a text: it stands in the address for reports."""
    return form["StatusCallback"][0].split("/")[-2]


@contextmanager
def open_door(carrier: WildCarrier) -> Iterator[int]:
    """Serve the carrier on a port of loopback; give the port."""
    door = type("Door", (_Door,), {"carrier": carrier})
    server = ThreadingHTTPServer((LOOPBACK, 0), door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


class _Door(BaseHTTPRequestHandler):
    carrier: WildCarrier
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(body)
        fault = self.carrier.fault()
        if fault == "429":
            return self._answer(429, {"code": 20429})
        if fault == "refuses":
            self.carrier.refuse(form)
            return self._answer(400, {"code": 21211})
        sid = "" if fault.endswith("before") else self.carrier.take(form)
        return self._misbehave(fault.split()[0], sid)

    def do_GET(self) -> None:
        if self.carrier.dice.random() < LIST_FAILS:
            return self._answer(500, {"code": 20500})
        (to,) = parse_qs(urlsplit(self.path).query)["To"]
        return self._answer(200, {"messages": self.carrier.listed(to), "next_page_uri": None})

    def _misbehave(self, kind: str, sid: str) -> None:
        if kind == "500":
            return self._answer(500, {"code": 20500})
        if kind == "resets":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return None
        if kind == "hangs":
            threading.Event().wait(HANGS)
        return self._answer(201, {"sid": sid})

    def _answer(self, code: int, body: dict[str, Any]) -> None:
        whole = json.dumps(body).encode()
        self.close_connection = True
        try:
            self.send_response(code)
            self.send_header("Content-Length", str(len(whole)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(whole)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the numbers would stand in it."""
