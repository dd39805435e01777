"""设置: what is impossible is refused at boot, in words that name the setting."""

from pathlib import Path

import pytest

from kernel.settings import BadSetting, Settings

TWILIO = {
    "DESK_SMS": "twilio",
    "DESK_TWILIO_ACCOUNT": "AC0",
    "DESK_TWILIO_TOKEN": "geheim",
    "DESK_TWILIO_FROM": "+10000000000",
}


def test_without_any_setting_the_hall_opens_on_this_machine_only() -> None:
    chosen = Settings.from_env({})
    assert (chosen.host, chosen.port, chosen.is_secure) == ("127.0.0.1", 8365, True)
    assert chosen.key_file.parent != chosen.var, "a copy of one is not a copy of both"


def test_what_is_given_is_read_as_what_it_is() -> None:
    chosen = Settings.from_env(
        {"DESK_PORT": "8443", "DESK_VAR": "elsewhere", "DESK_IDLE_MINUTES": "15", "PATH": "/bin"}
    )
    assert (chosen.port, chosen.var, chosen.idle_minutes) == (8443, Path("elsewhere"), 15)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DESK_PROT": "8443"}, "DESK_PROT"),
        ({"DESK_port": "8443"}, "DESK_port"),
        ({"DESK_PORT": "http"}, "DESK_PORT"),
        ({"DESK_PORT": "0"}, "DESK_PORT"),
        ({"DESK_PORT": "99999"}, "DESK_PORT"),
        ({"DESK_WORKERS": "0"}, "DESK_WORKERS"),
        ({"DESK_WORKERS": "-1"}, "DESK_WORKERS"),
        ({"DESK_PROXIES": "-1"}, "DESK_PROXIES"),
        ({"DESK_PROXIES": "99"}, "DESK_PROXIES"),
        ({"DESK_IDLE_MINUTES": "9"}, "DESK_IDLE_MINUTES"),
        ({"DESK_IDLE_MINUTES": "31"}, "DESK_IDLE_MINUTES"),
        ({"DESK_PLAIN_HTTP": "yes"}, "DESK_PLAIN_HTTP"),
        ({"DESK_SMS": "pigeon"}, "DESK_SMS"),
        ({"DESK_SMS": "twilio"}, "DESK_SMS"),
        ({**TWILIO, "DESK_TWILIO_TOKEN": ""}, "DESK_SMS"),
        ({"DESK_TLS_CERT": "server.pem"}, "DESK_TLS_CERT"),
        ({"DESK_TLS_KEY": "server.key"}, "DESK_TLS_CERT"),
        ({"DESK_HOST": "0.0.0.0"}, "DESK_HOST"),
        ({"DESK_HOST": "192.0.2.7"}, "DESK_HOST"),
        ({"DESK_HOST": "desk.example"}, "DESK_HOST"),
        ({"DESK_HOST": "::"}, "DESK_HOST"),
    ],
)
def test_what_cannot_be_is_refused_by_name(given: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.from_env(given)
    assert named in refusal.value.sentence


@pytest.mark.parametrize(
    "given",
    [
        {"DESK_HOST": "::1"},
        {"DESK_HOST": "localhost"},
        {"DESK_HOST": "127.0.0.5"},
        {"DESK_HOST": "0.0.0.0", "DESK_PLAIN_HTTP": "1"},
        {"DESK_HOST": "0.0.0.0", "DESK_TLS_CERT": "server.pem", "DESK_TLS_KEY": "server.key"},
        TWILIO,
    ],
)
def test_what_can_be_is_taken(given: dict[str, str]) -> None:
    """The control."""
    assert Settings.from_env(given)


def test_only_the_waiver_takes_the_protection_off_the_cookies() -> None:
    assert Settings.from_env({"DESK_HOST": "0.0.0.0", "DESK_PLAIN_HTTP": "1"}).is_secure is False
    assert Settings.from_env({"DESK_PLAIN_HTTP": "0"}).is_secure is True


def test_the_carriers_token_is_not_in_what_is_printed() -> None:
    assert "geheim" not in repr(Settings.from_env(TWILIO))
