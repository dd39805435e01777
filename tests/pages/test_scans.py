"""扫描件的页面: sealed at rest, handed over as a file and on record, gone when taken away."""

import io
import re
from collections.abc import Callable

import sqlalchemy as sa

from desk.cases.records import Attachment
from kernel.audit.records import AuditEntry
from kernel.web.house import House
from tests.actions.a_relay import taken_in
from tests.builders import BASE, Visitor
from tests.pages.happy_rota import a_png

Visit = Callable[[str], Visitor]


def keep(visit: Visit, here: House) -> str:
    """Keep a scan with a case; return the address of its page."""
    page = f"/cases/{taken_in(here)}/attachments"
    clerk = visit("counter1")
    clerk.open(page)
    scan = (io.BytesIO(a_png()), "../../x.html")
    data = {**clerk.hidden, "title": "申请表", "attached_to": "material", "file": scan}
    answer = clerk.client.post(page, base_url=BASE, data=data)
    assert answer.status_code == 303, answer.text
    return page


def test_a_scan_is_sealed_and_shown_only_for_a_purpose_that_is_on_record(
    visit: Visit, here: House
) -> None:
    page = keep(visit, here)
    with here.reading() as session:
        sealed = session.scalars(sa.select(Attachment.content_sealed)).one()
    assert sealed.startswith("v1|")
    clerk = visit("counter1")
    shown = clerk.open(page)
    assert "x.html" not in shown.text
    address = re.findall(rf'action="({page}/[0-9]+/reveal)"', shown.text)[0]
    refused = clerk.press(address, purpose="")
    assert (refused.status_code, "请选择查看的用途" in refused.text) == (422, True)
    answer = clerk.press(address, purpose="核对材料")
    assert answer.data == a_png()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    with here.reading() as session:
        verbs = session.scalars(sa.select(AuditEntry.verb)).all()
    assert verbs.count("attachment.revealed") == 1


def test_a_scan_of_another_case_is_not_there(visit: Visit, here: House) -> None:
    page = keep(visit, here)
    clerk = visit("counter1")
    address = re.findall(rf"{page}/[0-9]+/reveal", clerk.open(page).text)[0]
    other = address.replace(page, f"/cases/{taken_in(here)}/attachments")
    assert clerk.press(other, purpose="核对材料").status_code == 404


def test_what_does_not_belong_here_is_taken_away_and_its_record_stays(
    visit: Visit, here: House
) -> None:
    page = keep(visit, here)
    clerk = visit("counter1")
    address = re.findall(rf"{page}/[0-9]+/remove", clerk.open(page).text)[0]
    assert clerk.press(address, reason="传到别人的件上了").status_code == 303
    with here.reading() as session:
        assert session.scalars(sa.select(Attachment.content_sealed)).one() == ""
    assert "已撤下" in clerk.open(page).text
