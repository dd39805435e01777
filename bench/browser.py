"""窗口电脑: a browser as light as can be, for it shares its two cores with what it measures.

One raw socket that stays open, cookies, and the hidden fields of the page last opened.
"""

import contextlib
import re
import socket
from typing import NamedTuple
from urllib.parse import urlencode

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0
_HIDDEN = re.compile(rb'name="(csrf_token|form_key|item_version)" value="([^"]*)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"^location: (.+?)\r?$", re.IGNORECASE | re.MULTILINE)
_COOKIE = re.compile(rb"^set-cookie: ([^=]+)=([^;\r\n]*)", re.IGNORECASE | re.MULTILINE)


class Answer(NamedTuple):
    """What came back."""

    code: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        """Return where it sends to, or nothing."""
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""


class LineBroken(OSError):
    """The server went away in the middle of an answer."""


class Browser:
    """A person at a counter PC."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: socket.socket | None = None
        self.cookies: dict[str, str] = {}
        self.hidden: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Open a page and note the hidden fields of its form."""
        answer = self.send(self.request("GET", path))
        self.hidden = {
            name.decode(): value.decode() for name, value in _HIDDEN.findall(answer.body)
        }
        return answer

    def post(self, path: str, fields: dict[str, str | list[str]]) -> Answer:
        """Press the button of the page last opened."""
        return self.send(self.filled_in(path, fields))

    def filled_in(self, path: str, fields: dict[str, str | list[str]]) -> bytes:
        """Return the request that pressing the button would send."""
        body = urlencode({**self.hidden, **fields}, doseq=True).encode()
        return self.request("POST", path, body)

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Return a request as bytes."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {LOOPBACK}:{self._port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join((*lines, "", "")).encode() + body

    def send(self, request: bytes) -> Answer:
        """Send a request over the open line (opened anew where it broke) and await the answer."""
        line = self._line or self._connect()
        try:
            line.sendall(request)
            answer = _receive(line)
        except OSError:
            self.hang_up()
            raise
        for name, value in _COOKIE.findall(answer.head):
            self.cookies[name.decode()] = value.decode()
        return answer

    def hang_up(self) -> None:
        """Close the line."""
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.close()
            self._line = None

    def _connect(self) -> socket.socket:
        line = socket.create_connection((LOOPBACK, self._port), timeout=PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = line
        return line


def _receive(line: socket.socket) -> Answer:
    received = _more(line)
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _more(line)
    head = received[: end + 2]
    found = _LENGTH.search(head)
    whole = end + 4 + (int(found[1]) if found else 0)
    parts, length = [received], len(received)
    while length < whole:
        parts.append(_more(line))
        length += len(parts[-1])
    return Answer(int(head[9:12]), head, b"".join(parts)[end + 4 : whole])


def _more(line: socket.socket) -> bytes:
    part = line.recv(65536)
    if not part:
        raise LineBroken
    return part
