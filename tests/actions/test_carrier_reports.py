"""短信回执: a report is believed only when it is signed twice; forgeries change nothing."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from desk.messages import pages, queries
from desk.messages.actions.promises import queue
from desk.messages.actions.sending import claim
from desk.messages.gateways.twilio import callback_url
from desk.messages.rules.delivery import Delivery
from kernel.clock import FixedClock
from kernel.schema import upgrade
from kernel.settings import Settings
from kernel.web.doors import watch_the_doors
from kernel.web.house import House
from tests.actions.wild_carrier import MORNING, VAULT, open_house, promise

PUBLIC = "https://desk.example:8443"
TOKEN = "a-token"
ALPHABET = "0123456789ABCDEFabcdef=/+"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    settings = Settings(var=tmp_path, twilio_token=TOKEN, public_url=PUBLIC)
    house = open_house(tmp_path, FixedClock(MORNING), settings)
    upgrade(house.database.engine)
    yield house
    house.database.engine.dispose()


@pytest.fixture
def client(here: House) -> FlaskClient:
    app = Flask("reports")
    app.extensions["house"] = here
    watch_the_doors(app)
    app.register_blueprint(pages.bp)
    return app.test_client()


@pytest.fixture
def uuid(here: House) -> str:
    with here.writing() as session:
        queue(session, promise(), MORNING)
        claimed = claim(session, ["twilio"], MORNING)
    assert claimed is not None
    return claimed.outgoing.uuid


def state(here: House) -> Delivery:
    with here.reading() as session:
        (found,) = queries.counts(session)
    return found


def signed(url: str, form: dict[str, str]) -> str:
    return str(RequestValidator(TOKEN).compute_signature(url, form))


def report(client: FlaskClient, url: str, form: dict[str, str], signature: str) -> int:
    path = url.removeprefix(PUBLIC)
    headers = {"X-Twilio-Signature": signature}
    return client.post(path, data=form, headers=headers).status_code


def test_a_signed_report_is_believed_and_may_come_again(
    client: FlaskClient, here: House, uuid: str
) -> None:
    url = callback_url(PUBLIC, VAULT, uuid)
    for status in ("sent", "delivered", "delivered", "queued", "failed", "no such word"):
        form = {"MessageStatus": status, "MessageSid": "SM1", "To": "+8615400001234"}
        assert report(client, url, form, signed(url, form)) == 204
    assert state(here) is Delivery.DELIVERED


def test_forged_reports_change_nothing(client: FlaskClient, here: House, uuid: str) -> None:
    random = Random(20260302)
    url = callback_url(PUBLIC, VAULT, uuid)
    form = {"MessageStatus": "delivered", "MessageSid": "SM1"}
    signature = signed(url, form)
    for number in range(10_000):
        parts = [url.removeprefix(PUBLIC), form["MessageStatus"], signature]
        wrong = number % 3
        parts[wrong] = mutated(parts[wrong], random)
        path, status, header = parts
        assert report(client, path, form | {"MessageStatus": status}, header) != 204, parts
    assert state(here) is Delivery.SENDING


def mutated(text: str, random: Random) -> str:
    place = random.randrange(12 if text.startswith("/") else 0, len(text))
    others = [character for character in ALPHABET if character != text[place]]
    return text[:place] + random.choice(others) + text[place + 1 :]


def test_a_report_signed_for_another_message_changes_nothing(
    client: FlaskClient, here: House, uuid: str
) -> None:
    form = {"MessageStatus": "delivered"}
    other = callback_url(PUBLIC, VAULT, "0" * 32)
    assert report(client, callback_url(PUBLIC, VAULT, uuid), form, signed(other, form)) == 403
    assert report(client, other, form, signed(other, form)) == 204, "ours, but long gone"
    assert state(here) is Delivery.SENDING


def test_without_a_token_of_ours_nobody_is_believed(
    client: FlaskClient, here: House, uuid: str
) -> None:
    here.settings = Settings(public_url=PUBLIC)
    url, form = callback_url(PUBLIC, VAULT, uuid), {"MessageStatus": "delivered"}
    empty = str(RequestValidator("").compute_signature(url, form))
    assert report(client, url, form, empty) == 403


def test_a_report_is_short(client: FlaskClient, uuid: str) -> None:
    url, form = callback_url(PUBLIC, VAULT, uuid), {"MessageStatus": "x" * 9000}
    assert report(client, url, form, signed(url, form)) == 413
