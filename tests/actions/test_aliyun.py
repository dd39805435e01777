"""阿里云: what we ask of it is what its own package publishes; its error codes end rightly.

The real package talks to a server on loopback. It is an extra: without it these are skipped.
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from desk.messages.gateways import Answer, Outgoing, SmsGateway, ask
from desk.messages.rules.delivery import Delivery, Verdict, after
from desk.messages.rules.wording import completed_text, mark_of

models = pytest.importorskip(
    "alibabacloud_dysmsapi20170525.models", reason="the extra [aliyun] is not installed"
)
# with the extra there, whatever else cannot be imported is a fault and no reason to skip
client = import_module("alibabacloud_dysmsapi20170525.client")
openapi = import_module("alibabacloud_tea_openapi.models")
aliyun = import_module("desk.messages.gateways.aliyun")

KEY, UUID = "a-key", "0" * 32
MARK = mark_of(UUID)
REQUESTS = {"SendSms": "SendSmsRequest", "QuerySendDetails": "QuerySendDetailsRequest"}
OUTGOING = Outgoing(
    uuid=UUID,
    mobile="15400001234",
    text=completed_text("示例乡便民服务中心", "Z26-00017-5", MARK),
    mark=MARK,
    started_at=datetime(2026, 3, 1, 20, tzinfo=UTC),
    valid_seconds=3600,
    template="SMS_1",
    blanks={"number": "Z26-00017-5"},
)


@dataclass(slots=True)
class Server:
    """What it answers next, what it was asked, and where it listens."""

    port: int = 0
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    """Answer on loopback as 阿里云 does."""
    seen = Server()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            given = dict(parse_qsl(urlsplit(self.path).query) + parse_qsl(body))
            heads = {name.lower(): value for name, value in self.headers.items()}
            seen.asked.append((heads["x-acs-action"], given, heads))
            status, answer = seen.answers.pop(0)
            whole = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    listening = HTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    seen.port = listening.server_address[1]
    yield seen
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def door(server: Server) -> SmsGateway:
    """Return the real gateway with its line leading to loopback."""
    config = openapi.Config(
        access_key_id=KEY,
        access_key_secret="a-secret",
        endpoint=f"127.0.0.1:{server.port}",
        protocol="http",
    )
    made: SmsGateway = aliyun.AliyunGateway(client.Client(config))
    return made


def published(action: str) -> set[str]:
    """Return the parameters that the package itself knows of a request."""
    request = getattr(models, REQUESTS[action])()
    for name in vars(request):
        setattr(request, name, 1)
    return set(request.to_map())


def test_a_text_is_asked_for_as_the_package_publishes_it_and_signed(
    server: Server, door: SmsGateway
) -> None:
    server.answers = [(200, {"Code": "OK", "BizId": "900^0", "Message": "OK", "RequestId": "R"})]
    assert ask(door, OUTGOING) == Answer(Verdict.ACCEPTED, carrier_id="900^0")
    ((action, given, heads),) = server.asked
    assert action == "SendSms"
    assert heads["x-acs-version"] == "2017-05-25"
    assert heads["authorization"].startswith("ACS3-HMAC-SHA256 Credential=a-key,SignedHeaders=")
    assert len(heads["authorization"].rpartition("Signature=")[2]) == 64
    assert set(given) <= published(action)
    assert given.pop("TemplateParam") == json.dumps({"number": "Z26-00017-5", "mark": MARK})
    assert given == {
        "PhoneNumbers": "15400001234",
        "SignName": "示例乡便民服务中心",
        "TemplateCode": "SMS_1",
        "OutId": UUID,
    }


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        (200, "isv.MOBILE_NUMBER_ILLEGAL", Delivery.FAILED),
        (200, "isv.SMS_TEMPLATE_ILLEGAL", Delivery.FAILED),
        (200, "isv.SMS_SIGNATURE_ILLEGAL", Delivery.FAILED),
        (200, "isv.BLACK_KEY_CONTROL_LIMIT", Delivery.FAILED),
        (200, "isv.TEMPLATE_MISSING_PARAMETERS", Delivery.FAILED),
        (200, "isv.BUSINESS_LIMIT_CONTROL", Delivery.PENDING),
        (200, "isv.AMOUNT_NOT_ENOUGH", Delivery.PENDING),
        (200, "isv.OUT_OF_SERVICE", Delivery.PENDING),
        (200, "isv.ACCOUNT_ABNORMAL", Delivery.PENDING),
        (200, "isp.RAM_PERMISSION_DENY", Delivery.PENDING),
        (200, "isp.SYSTEM_ERROR", Delivery.UNKNOWN),
        (200, "isp.GATEWAY_ERROR", Delivery.UNKNOWN),
        (400, "Throttling.User", Delivery.PENDING),
        (404, "InvalidAccessKeyId.NotFound", Delivery.PENDING),
        (400, "SignatureDoesNotMatch", Delivery.PENDING),
        (403, "Forbidden.RAM", Delivery.PENDING),
        (500, "InternalError", Delivery.UNKNOWN),
        (503, "ServiceUnavailable", Delivery.UNKNOWN),
    ],
)
def test_documented_codes_end_in_the_right_state(
    server: Server, door: SmsGateway, status: int, code: str, state: Delivery
) -> None:
    server.answers = [(status, {"Code": code, "Message": "m", "RequestId": "R"})]
    answer = ask(door, OUTGOING)
    assert after(answer.verdict, 1) is state
    assert len(server.asked) == 1, "never asked twice"
    assert (answer.verdict is Verdict.NO_READER) == (code == "isv.MOBILE_NUMBER_ILLEGAL")


def test_a_line_nobody_answers_is_a_doubt(server: Server, door: SmsGateway) -> None:
    assert ask(door, OUTGOING).verdict is Verdict.UNANSWERED, "no answer is ready: it breaks"


def test_without_an_approved_template_nothing_is_asked(server: Server, door: SmsGateway) -> None:
    bare = Outgoing(UUID, "15400001234", OUTGOING.text, MARK, OUTGOING.started_at, 60)
    assert ask(door, bare).verdict is Verdict.REFUSED
    assert server.asked == []


@pytest.mark.parametrize(("listed", "found"), [(UUID, UUID), ("1" * 32, None)])
def test_a_doubt_is_looked_for_by_our_own_id_on_the_township_s_day(
    server: Server, door: SmsGateway, listed: str, found: str | None
) -> None:
    entries = {"SmsSendDetailDTO": [{"OutId": listed, "SendStatus": 3}]}
    server.answers = [(200, {"Code": "OK", "TotalCount": 1, "SmsSendDetailDTOs": entries})]
    assert door.find(OUTGOING) == found
    ((action, given, _),) = server.asked
    assert action == "QuerySendDetails"
    assert set(given) <= published(action)
    assert given["SendDate"] == "20260302", "four in the morning there"
    assert given["PhoneNumber"] == "15400001234"
