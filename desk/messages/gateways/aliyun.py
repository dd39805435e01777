"""短信网关 阿里云: a carrier in China. Its package is an extra: only `choice` loads this module.

It sends approved templates with their blanks, never free text. What was sent is found again by
our own id (OutId) among a number's messages of the day.
Source: its published SDK, 2017-05-25 (SendSms, QuerySendDetails), and its list of error codes.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions

from desk.messages.gateways import NoReader, Outgoing, Refused, TryLater, Unanswered
from desk.messages.rules.wording import signature_of
from kernel.clock import town_day

ENDPOINT = "dysmsapi.aliyuncs.com"
#: one try, no repetition: sending is not idempotent here either
RUNTIME = RuntimeOptions(autoretry=False, max_attempts=1, connect_timeout=5000, read_timeout=10_000)
TAKEN = "OK"
NO_READER = frozenset({"isv.MOBILE_NUMBER_ILLEGAL"})
#: the account or the pace, not the text: it is not lost over a bill that was not paid
NOT_NOW = frozenset(
    {
        "isv.BUSINESS_LIMIT_CONTROL",
        "isv.DAY_LIMIT_CONTROL",
        "isv.AMOUNT_NOT_ENOUGH",
        "isv.OUT_OF_SERVICE",
        "isv.PRODUCT_UN_SUBSCRIPT",
        "isv.PRODUCT_UNSUBSCRIBE",
        "isv.ACCOUNT_NOT_EXISTS",
        "isv.ACCOUNT_ABNORMAL",
        "isv.RAM_CHECK_FAILED",
        "isp.RAM_PERMISSION_DENY",
    }
)
#: of every service there: the key, its rights, too many at once
ANY_SERVICE_NOT_NOW = ("Throttling", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden")
#: something broke over there: whether before or after it took the text, nobody says
UNCLEAR = frozenset({"isp.SYSTEM_ERROR", "isp.GATEWAY_ERROR", "isp.UNKNOWN"})
PAGE = 50
MOST_PAGES = 20


class AliyunGateway:
    """阿里云's door."""

    name = "aliyun"
    is_abroad = False
    can_list = True

    def __init__(self, client: Any) -> None:
        self._client = client

    def send(self, outgoing: Outgoing) -> str:
        """Hand one text over. Raises: Refused, TryLater, Unanswered."""
        if not outgoing.template:
            raise Refused("no template")
        asked = models.SendSmsRequest(
            phone_numbers=outgoing.mobile,
            sign_name=signature_of(outgoing.text),
            template_code=outgoing.template,
            template_param=json.dumps({**outgoing.blanks, "mark": outgoing.mark}),
            out_id=outgoing.uuid,
        )
        body = self._asked(self._client.send_sms_with_options, asked)
        if body.code == TAKEN and body.biz_id:
            return str(body.biz_id)
        raise _understood(str(body.code))

    def find(self, outgoing: Outgoing) -> str | None:
        """Return our own id where 阿里云 has the text. Raises: Unanswered."""
        listed = self._listed(outgoing, _day(outgoing.started_at))
        is_there = any(entry.out_id == outgoing.uuid for entry in listed)
        return outgoing.uuid if is_there else None

    def _listed(self, outgoing: Outgoing, day: str) -> Iterator[Any]:
        for page in range(1, MOST_PAGES + 1):
            asked = models.QuerySendDetailsRequest(
                phone_number=outgoing.mobile, send_date=day, page_size=PAGE, current_page=page
            )
            body = self._asked(self._client.query_send_details_with_options, asked)
            if body.code != TAKEN:
                raise Unanswered(str(body.code))
            found = body.sms_send_detail_dtos
            entries = (found and found.sms_send_detail_dto) or []
            yield from entries
            if len(entries) < PAGE:
                return
        raise Unanswered("list too long")

    @staticmethod
    def _asked(what: Any, asked: Any) -> Any:
        try:
            return what(asked, RUNTIME).body
        except AlibabaCloudException as error:
            if error.status_code and 400 <= error.status_code < 500:
                raise _understood(str(error.code)) from error
            raise Unanswered(str(error.code)) from error
        except Exception as error:  # the package wraps what the line did in many ways
            raise Unanswered(type(error).__name__) from error


def from_keys(key: str, secret: str) -> AliyunGateway:
    """Return the door for an account."""
    config = Config(access_key_id=key, access_key_secret=secret, endpoint=ENDPOINT)
    return AliyunGateway(Client(config))


def _day(moment: datetime) -> str:
    return town_day(moment).strftime("%Y%m%d")


def _understood(code: str) -> Exception:
    """Return what an answer means."""
    if code in UNCLEAR:
        return Unanswered(code)
    if code in NO_READER:
        return NoReader(code)
    is_later = code in NOT_NOW or code.startswith(ANY_SERVICE_NOT_NOW)
    return TryLater(code) if is_later else Refused(code)
