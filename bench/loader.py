"""来访者: how many answers a second a page gives, asked over lines that stay open.

One loop over raw sockets that counts bytes and parses nothing after the first answer: a few
microseconds a request, on cores it shares with the server. The same loop asks every page.
"""

import select
import socket
from collections.abc import Sequence
from time import perf_counter

from bench.browser import Browser
from bench.installation import LOOPBACK

LINES = 16
SECONDS = 2.0
PATIENCE = 10.0
HEADERS = "Host: {host}\r\nAccept-Encoding: gzip\r\n"


class WrongAnswer(RuntimeError):
    """Not every answer was the page: the rate measures nothing."""


def rate(port: int, path: str, seconds: float = SECONDS) -> float:
    """Ask for a page over and over; return answers a second."""
    request = f"GET {path} HTTP/1.1\r\n{HEADERS.format(host=LOOPBACK)}\r\n".encode()
    whole = _length(port, request)
    lines = [socket.create_connection((LOOPBACK, port), PATIENCE) for _ in range(LINES)]
    try:
        return _ask(lines, request, whole, seconds)
    finally:
        for line in lines:
            line.close()


def _length(port: int, request: bytes) -> int:
    """Return how long the whole answer is; all the others are as long."""
    browser = Browser(port)
    browser.send(request)
    answer = browser.send(request)
    browser.hang_up()
    if answer.code != 200:
        raise WrongAnswer(answer.code)
    return len(answer.head) + 2 + len(answer.body)


def _ask(lines: Sequence[socket.socket], request: bytes, whole: int, seconds: float) -> float:
    waiting = select.epoll()
    by_number = {line.fileno(): line for line in lines}
    received = dict.fromkeys(by_number, 0)
    answers, begun = 0, perf_counter()
    for number, line in by_number.items():
        waiting.register(number, select.EPOLLIN)
        line.sendall(request)
    while (now := perf_counter()) < begun + seconds:
        for number, _ in waiting.poll(PATIENCE):
            received[number] += len(by_number[number].recv(65536))
            if received[number] == whole:
                received[number] = 0
                answers += 1
                by_number[number].sendall(request)
            elif received[number] > whole:
                raise WrongAnswer(received[number])
    waiting.close()
    return answers / (now - begun)
