"""选用网关: which carrier's door this installation uses."""

from desk.messages.gateways import SmsGateway
from desk.messages.gateways.console import ConsoleGateway
from desk.messages.gateways.twilio import Account, HttpClient, TwilioGateway
from kernel.settings import Settings
from kernel.vault import Vault


def from_settings(settings: Settings, vault: Vault, http: HttpClient | None = None) -> SmsGateway:
    """Return the gateway that `settings.sms` names; `http` replaces the network in tests."""
    if settings.sms == "twilio":
        account = Account(settings.twilio_account, settings.twilio_token, settings.twilio_from)
        return TwilioGateway(account, settings.public_url, vault, http)
    return ConsoleGateway(settings.var / "outbox.log")
