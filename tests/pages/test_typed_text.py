"""原样显示: whatever somebody types comes back as text, on every page that shows it."""

import re
from collections.abc import Callable

import pytest
from markupsafe import escape

from desk.cases.actions.register import lookup_code
from desk.cases.queries import by_number
from kernel.web.house import House
from tests.builders import BASE, HERE, Visitor, mobile, resident_number
from tests.pages.inline import inline_in

Visit = Callable[[str], Visitor]
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "{{7*7}}${7*7}<%=7*7%>",
    "<!--",
    "&lt;b&gt;",
    "]]><script>alert(1)</script>",
]


def fields_of(form: str) -> set[str]:
    """Return the names of what can be typed into a page's forms."""
    typed = re.findall(r'<(?:input type="(?:text|tel|search)"|textarea)[^>]*? name="([^"]+)"', form)
    return {*typed}


def test_what_somebody_types_at_the_counter_comes_back_as_text(visit: Visit, here: House) -> None:
    clerk, stranger = visit("counter1"), visit("")
    for payload in PAYLOADS:
        take_through_the_hall(payload, clerk, stranger, here)


def take_through_the_hall(payload: str, clerk: Visitor, stranger: Visitor, here: House) -> None:
    """Type `payload` wherever the counter can type, and read every page that shows it."""
    form = f"/windows/general/new/{HERE}"
    fields = fields_of(clerk.open(form).text)
    assert {"applicant_name", "applicant_address", "outside_number", "presenter_name"} <= fields
    refused = clerk.press(form, answer="notice", presented="1", **dict.fromkeys(fields, payload))
    assert refused.status_code == 422
    assert is_inert(refused.text, payload)

    taken = clerk.press(form, **intake(payload))
    assert taken.status_code == 303
    case = taken.headers["Location"].partition("/paper")[0]
    clerk.open(case)
    clerk.press(f"{case}/note", text=payload, public="1")
    for address in (
        case,
        f"{case}/paper",
        "/windows/general/",
        f"/windows/general/find?q={payload}",
    ):
        assert is_inert(clerk.open(address).text, payload), address
    clerk.open(case)
    assert is_inert(clerk.press(f"{case}/reveal", purpose="核对身份").text, payload)
    assert is_inert(clerk.press(f"{case}/withdraw", reason=payload).text, payload)
    assert is_inert(clerk.open(case).text, payload)
    public = stranger.open(slip(here, case.rpartition("/")[2]))
    assert escape(payload) in public.text
    assert is_inert(public.text, payload)


def intake(payload: str) -> dict[str, str | list[str]]:
    safe = payload.replace("<", "(").replace(">", ")")
    return {
        "answer": "notice",
        "applicant_name": safe,
        "applicant_document_kind": "resident_id",
        "applicant_document_number": resident_number(),
        "applicant_phone": mobile(),
        "applicant_address": payload,
        "outside_number": payload,
        "flaw_0": payload,
        "flaw_1": payload,
    }


def slip(here: House, number: str) -> str:
    with here.reading() as session:
        case = by_number(session, number)
        assert case is not None
        return f"/C/{lookup_code(session, case)}"


def is_inert(page: str, payload: str) -> bool:
    """Say whether a payload stands in a page as text, if it stands there at all."""
    if any(mark in payload for mark in "<\"'") and payload in page:
        return False
    return inline_in(page).found == [] and "49" not in page.partition("{{7*7}}")[2][:8]


def test_what_an_administrator_types_comes_back_as_text(visit: Visit) -> None:
    admin = visit("admin")
    for place, payload in enumerate(PAYLOADS):
        add_somebody_called(payload, f"newcomer{place}", admin)


def add_somebody_called(payload: str, username: str, admin: Visitor) -> None:
    admin.open("/staff/")
    safe = payload.replace("<", "(").replace(">", ")")
    typed = {"name": safe, "title": payload[:40], "roles": "counter"}
    made = admin.press("/staff/", username=username, **typed)
    assert (made.status_code, username in made.text) == (200, True)
    assert is_inert(made.text, payload)
    assert is_inert(admin.open("/staff/").text, payload)
    assert is_inert(admin.press("/staff/", username=payload, **typed).text, payload)


def test_what_a_stranger_types_comes_back_as_text(visit: Visit) -> None:
    for payload in PAYLOADS:
        ask_as_a_stranger(payload, visit(""))


def ask_as_a_stranger(payload: str, stranger: Visitor) -> None:
    for address in (
        "/items/?q=",
        "/items/section/",
        "/deadline?days=",
        "/login?next=",
        "/large?back=",
    ):
        assert is_inert(stranger.client.get(address + payload, base_url=BASE).text, payload)
    stranger.open("/status")
    assert is_inert(stranger.press("/status", number=payload, last=payload[:8]).text, payload)
    stranger.open("/login")
    assert is_inert(stranger.press("/login", username=payload, next=payload).text, payload)
    stranger.hidden = {}
    assert is_inert(stranger.press("/status", **{payload: payload}).text, payload)


@pytest.mark.parametrize(
    "page", ["<b>{}</b>", "<input value='{}'>", '<input value="{}">', "<textarea>{}</textarea>"]
)
def test_a_payload_that_got_through_would_be_seen(page: str) -> None:
    assert [one for one in PAYLOADS if not is_inert(page.replace("{}", one), one)]
