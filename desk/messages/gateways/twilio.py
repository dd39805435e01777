"""短信网关 Twilio: one carrier abroad among others, off unless the town chose it.

Creating a message is not idempotent there: a POST after an error may deliver twice. So nothing
here repeats a request, and only what certainly never arrived is called a definite "not now".
Source: Twilio API 2010-04-01 (Messages); error dictionary 20429, 20500, 21211, 21610, 21614.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from desk.messages.gateways import CarrierError, NoReader, Outgoing, Refused, TryLater, Unanswered
from desk.messages.rules.delivery import Delivery
from desk.messages.rules.wording import bears
from kernel.vault import Vault

COUNTRY = "+86"
CALLBACK = "sms-callback"
CONNECT_SECONDS, READ_SECONDS = 5, 10
#: not about this text but about our account or our pace: later it may well be taken
NOT_NOW = frozenset({401, 403, 404, 429})
#: the number does not exist, refuses us, or is a landline
FOR_GOOD = frozenset({21211, 21610, 21614})
TOO_MANY, INTERNAL = 20429, 20500
#: one page of a number's list; more than this for one number would be no proof of absence
LIST_LIMIT = 1000
#: clocks differ: a listed text this much older than the attempt may still be it
SLACK = timedelta(days=1)

#: what the package raises over an answer it cannot read; of a list, over every refusal too
_UNCLEAR = (TwilioException, requests.RequestException, ValueError, TypeError, KeyError)

FATES: dict[str, Delivery] = {
    "accepted": Delivery.ACCEPTED,
    "scheduled": Delivery.ACCEPTED,
    "queued": Delivery.ACCEPTED,
    "sending": Delivery.ACCEPTED,
    "sent": Delivery.ACCEPTED,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.UNDELIVERED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}


class HttpClient(Protocol):
    """What the `twilio` package asks for a request; tests put a carrier of their own here."""

    def request(self, method: str, uri: str, **how: Any) -> Response:
        """Make one request."""
        ...


class OneRequest:
    """One connection a request, one try, no redirects, and no log line: it would show numbers.

    A fresh connection, because on a kept one a reset says nothing about what arrived. The body
    is read as UTF-8: guessed wrong, a listed text would not be found again, and sent twice.
    """

    def request(self, method: str, uri: str, **how: Any) -> Response:
        """Make one request."""
        how["timeout"] = (CONNECT_SECONDS, READ_SECONDS)
        how["allow_redirects"] = False
        with requests.Session() as session:
            answer = session.request(method.upper(), uri, **how)
        return Response(answer.status_code, answer.content.decode(), answer.headers)


@dataclass(frozen=True, slots=True)
class Account:
    """The town's account there."""

    sid: str
    token: str
    #: a messaging service (MG…) or a number
    sender: str


class TwilioGateway:
    """Twilio's door."""

    name = "twilio"
    is_abroad = True
    can_list = True

    def __init__(
        self, account: Account, public_url: str, vault: Vault, http: HttpClient | None = None
    ) -> None:
        self._client = Client(account.sid, account.token, http_client=http or OneRequest())
        is_service = account.sender.startswith("MG")
        self._sender = {"messaging_service_sid" if is_service else "from_": account.sender}
        self._public_url = public_url
        self._vault = vault

    def send(self, outgoing: Outgoing) -> str:
        """Hand one text to Twilio and return its sid. Raises: Refused, TryLater, Unanswered."""
        made = self._asked(
            self._client.messages.create,
            to=COUNTRY + outgoing.mobile,
            body=outgoing.text,
            status_callback=callback_url(self._public_url, self._vault, outgoing.uuid),
            validity_period=outgoing.valid_seconds,
            **self._sender,
        )
        if not made.sid:
            raise Unanswered("no sid")
        return str(made.sid)

    def find(self, outgoing: Outgoing) -> str | None:
        """Return the sid of a text that Twilio has, by its number and mark.

        Without a DateSent filter: a text still in Twilio's queue has no such date yet.
        """
        listed = self._asked(
            self._client.messages.list,
            to=COUNTRY + outgoing.mobile,
            limit=LIST_LIMIT,
            page_size=LIST_LIMIT,
        )
        for entry in listed:
            if bears(entry.body or "", outgoing.mark) and _is_recent(entry, outgoing.started_at):
                return str(entry.sid)
        if len(listed) >= LIST_LIMIT:
            raise Unanswered("list too long")
        return None

    def _asked(self, what: Any, **how: Any) -> Any:
        try:
            return what(**how)
        except (TwilioRestException, TwilioServiceException) as error:
            raise _understood(error.status, error.code) from error
        except requests.ConnectionError as error:
            raise _never_connected(error) from error
        except _UNCLEAR as error:
            raise Unanswered(type(error).__name__) from error


def callback_url(public_url: str, vault: Vault, uuid: str) -> str:
    """Return where Twilio reports on a message."""
    return f"{public_url.rstrip('/')}/sms/twilio/{uuid}/{callback_signature(vault, uuid)}"


def callback_signature(vault: Vault, uuid: str) -> str:
    """Return the part of the address that proves that we gave it out."""
    return vault.token(CALLBACK, uuid)


def told(form: Mapping[str, str]) -> Delivery | None:
    """Return what a callback says of its message, or None when it says nothing of ours."""
    return FATES.get(form.get("MessageStatus", ""))


def _is_recent(entry: Any, started_at: datetime) -> bool:
    made_at = entry.date_created
    return not isinstance(made_at, datetime) or made_at >= started_at - SLACK


def _understood(status: int, code: int | None) -> CarrierError:
    """Return what an error answer means. Only a 4xx proves that nothing was accepted."""
    note = f"{status}/{code}"
    if status >= 500 or status < 400 or status == 408 or code == INTERNAL:
        return Unanswered(note)
    if code in FOR_GOOD:
        return NoReader(note)
    return TryLater(note) if status in NOT_NOW or code == TOO_MANY else Refused(note)


def _never_connected(error: requests.ConnectionError) -> CarrierError:
    """Tell "nobody opened the door" from "the line broke": only the first is definite."""
    note = type(error).__name__
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    refused = isinstance(reason, NewConnectionError)
    never = refused or isinstance(error, requests.ConnectTimeout)
    return TryLater(note) if never else Unanswered(note)
