"""选用网关: which carriers' doors this installation uses, in the order they are asked."""

from importlib import import_module

from desk.messages.gateways import SmsGateway
from desk.messages.gateways.console import ConsoleGateway
from desk.messages.gateways.twilio import Account, HttpClient, TwilioGateway
from desk.messages.rules.carriers import ALIYUN, ALIYUN_EXTRA, BY_HAND, TWILIO, ExtraMissing
from kernel.settings import Settings
from kernel.vault import Vault


def from_settings(
    settings: Settings, vault: Vault, http: HttpClient | None = None
) -> tuple[SmsGateway, ...]:
    """Return the gateways that `settings.sms` names; `http` replaces the network in tests.

    What is carried by hand has no door: its messages wait for somebody to fetch the file.
    Raises: ExtraMissing.
    """
    names = [name for name in settings.carriers if name != BY_HAND]
    return tuple(_gateway(name, settings, vault, http) for name in names)


def _gateway(name: str, settings: Settings, vault: Vault, http: HttpClient | None) -> SmsGateway:
    if name == TWILIO:
        account = Account(settings.twilio_account, settings.twilio_token, settings.twilio_from)
        return TwilioGateway(account, settings.public_url, vault, http)
    return _aliyun(settings) if name == ALIYUN else ConsoleGateway(settings.var / "outbox.log")


def _aliyun(settings: Settings) -> SmsGateway:
    """Return the door of 阿里云. Its package is an extra: loaded where it was chosen, or missed."""
    try:
        door = import_module("desk.messages.gateways.aliyun")
    except ModuleNotFoundError as missing:
        raise ExtraMissing(extra=ALIYUN_EXTRA) from missing
    made: SmsGateway = door.from_keys(settings.aliyun_key, settings.aliyun_secret)
    return made
