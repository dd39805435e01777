"""短信网关 Twilio: every request is one the published interface knows, every answer is understood.

The carrier here is an HTTP client in this process that checks each request against Twilio's
own description (additionalProperties: false) and answers as the error dictionary says.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from twilio.http.response import Response
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from desk.messages.gateways import CarrierError, NoReader, Outgoing, Refused, TryLater, Unanswered
from desk.messages.gateways.choice import from_settings
from desk.messages.gateways.console import ConsoleGateway
from desk.messages.gateways.twilio import FATES, callback_url
from desk.messages.rules.wording import completed_text, mark_of
from kernel.settings import Settings
from tests.actions.wild_carrier import MORNING, VAULT

SCHEMA = Path(__file__).parents[2] / "../shared/data/twilio_api_v2010.json"
SERVICE = "MG" + "0" * 32
PUBLIC = "https://desk.example:8443"
SETTINGS = Settings(
    sms="twilio",
    twilio_account="AC" + "0" * 32,
    twilio_token="a-token",
    twilio_from=SERVICE,
    public_url=PUBLIC,
)
UUID = "5" * 32
MARK = mark_of(UUID)
TEXT = completed_text("示例乡便民服务中心", "Z26-00017-5", MARK)
OUTGOING = Outgoing(UUID, "15400001234", TEXT, MARK, MORNING, 3600)
PATH = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
KINDS: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "number": float}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    if not SCHEMA.exists():
        pytest.skip("Twilio's published description is not beside the project")
    whole: dict[str, Any] = json.loads(SCHEMA.read_text())
    path = whole["paths"][PATH]
    body = path["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    asked = {entry["name"]: entry["schema"] for entry in path["get"]["parameters"]}
    statuses = whole["components"]["schemas"]["message_enum_status"]["enum"]
    return {"POST": body["properties"], "GET": asked, "statuses": statuses}


@dataclass(slots=True)
class CheckingHttp:
    """Stands where the network would; refuses what the description does not know."""

    described: dict[str, Any]
    status: int = 201
    answer: dict[str, Any] | str | Exception = field(default_factory=lambda: {"sid": "SM1"})
    requests: list[dict[str, Any]] = field(default_factory=list)

    def request(self, method: str, uri: str, **how: Any) -> Response:
        """Check the request and give the answer that was laid ready."""
        address = urlsplit(uri)
        assert (address.scheme, address.netloc) == ("https", "api.twilio.com")
        assert address.path == PATH.replace("{AccountSid}", SETTINGS.twilio_account)
        assert how["auth"] == (SETTINGS.twilio_account, SETTINGS.twilio_token)
        sent = how["data"] if method == "POST" else how["params"]
        self._check(self.described[method], sent)
        self.requests.append(sent)
        if isinstance(self.answer, Exception):
            raise self.answer
        text = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
        return Response(self.status, text)

    def _check(self, known: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
        assert "To" in sent
        assert set(sent) <= set(known), "unknown parameters"
        for name, value in sent.items():
            schema = known[name]
            assert isinstance(value, KINDS[schema["type"]]), name
            assert re.search(schema.get("pattern", ""), str(value)), name
            if schema.get("format") == "phone-number":
                assert re.fullmatch(r"\+[1-9]\d{1,14}", str(value)), name
            if schema.get("format") == "uri":
                address = urlsplit(str(value))
                assert address.scheme == "https" and "_" not in address.netloc
        assert 1 <= sent.get("ValidityPeriod", 1) <= 36000
        assert 1 <= sent.get("PageSize", 1) <= 1000


@pytest.fixture
def http(described: dict[str, Any]) -> CheckingHttp:
    return CheckingHttp(described)


def test_a_text_is_sent_as_the_interface_describes(http: CheckingHttp) -> None:
    assert from_settings(SETTINGS, VAULT, http)[0].send(OUTGOING) == "SM1"
    assert http.requests == [
        {
            "To": "+8615400001234",
            "Body": TEXT,
            "StatusCallback": callback_url(PUBLIC, VAULT, UUID),
            "ValidityPeriod": 3600,
            "MessagingServiceSid": SERVICE,
        }
    ]


def test_without_a_messaging_service_the_number_is_the_sender(http: CheckingHttp) -> None:
    settings = Settings(
        sms="twilio", twilio_account=SETTINGS.twilio_account, twilio_token="a-token",
        twilio_from="+15005550006", public_url=PUBLIC,
    )  # fmt: skip
    from_settings(settings, VAULT, http)[0].send(OUTGOING)
    assert http.requests[0]["From"] == "+15005550006"


def connection_error(cause: Exception) -> requests.ConnectionError:
    return requests.ConnectionError(cause)


NOBODY = MaxRetryError(None, "/", NewConnectionError(None, "refused"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, {"code": 21211, "message": "to +8615400001234"}, NoReader),
        (400, {"code": 21610}, NoReader),
        (400, {"code": 21614}, NoReader),
        (400, {"code": 21606}, Refused),
        (429, {"code": 20429}, TryLater),
        (401, {"code": 20003}, TryLater),
        (500, {"code": 20500}, Unanswered),
        (503, "<html>", Unanswered),
        (502, {"code": 21211}, Unanswered),
        (302, "", Unanswered),
        (408, "", Unanswered),
        (201, "not json", Unanswered),
        (201, {"sid": None}, Unanswered),
        (429, {"type": "t", "title": "t", "status": 429, "code": 20429}, TryLater),
        (0, connection_error(NOBODY), TryLater),
        (0, requests.ConnectTimeout(), TryLater),
        (0, requests.ReadTimeout(), Unanswered),
        (0, connection_error(ProtocolError("reset")), Unanswered),
        (0, requests.exceptions.SSLError(), Unanswered),
        (0, requests.exceptions.ChunkedEncodingError(), Unanswered),
    ],
)
def test_only_a_definite_no_is_taken_for_one(
    http: CheckingHttp, status: int, answer: Any, error: type[CarrierError]
) -> None:
    http.status, http.answer = status, answer
    with pytest.raises(CarrierError) as caught:
        from_settings(SETTINGS, VAULT, http)[0].send(OUTGOING)
    assert type(caught.value) is error
    assert "1540000" not in caught.value.note


def listed(body: str, sid: str = "SM7", age: timedelta = timedelta()) -> dict[str, Any]:
    made_at = (MORNING - age).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return {"sid": sid, "body": body, "date_created": made_at, "date_sent": None}


@pytest.mark.parametrize(
    ("entries", "sid"),
    [
        ([], None),
        ([listed(TEXT)], "SM7"),
        ([listed(TEXT.replace(MARK, "0000"), "SM6"), listed(TEXT)], "SM7"),
        ([listed(f"Sent from a trial account - {TEXT}")], "SM7"),
        ([listed(TEXT, age=timedelta(days=2))], None),
    ],
)
def test_a_text_is_found_again_by_its_mark(
    http: CheckingHttp, entries: list[dict[str, Any]], sid: str | None
) -> None:
    http.status, http.answer = 200, {"messages": entries, "next_page_uri": None}
    assert from_settings(SETTINGS, VAULT, http)[0].find(OUTGOING) == sid
    assert http.requests == [{"To": "+8615400001234", "PageSize": 1000}]


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_list_that_cannot_be_read_proves_nothing(http: CheckingHttp, status: int) -> None:
    http.status, http.answer = status, ""
    with pytest.raises(CarrierError):
        from_settings(SETTINGS, VAULT, http)[0].find(OUTGOING)


def test_a_list_that_is_cut_off_proves_nothing(http: CheckingHttp) -> None:
    http.status = 200
    http.answer = {"messages": [listed("别的")] * 1000, "next_page_uri": None}
    with pytest.raises(Unanswered):
        from_settings(SETTINGS, VAULT, http)[0].find(OUTGOING)


def test_every_outbound_status_is_understood(described: dict[str, Any]) -> None:
    inbound = {"receiving", "received", "partially_delivered"}
    assert set(described["statuses"]) - inbound == set(FATES)


def test_the_sample_town_reaches_no_phone(tmp_path: Path) -> None:
    assert isinstance(from_settings(Settings(var=tmp_path), VAULT)[0], ConsoleGateway)
