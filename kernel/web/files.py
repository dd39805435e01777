"""交出文件: a paper to be printed, a sheet to be kept, a scan or a picture that can do nothing."""

from urllib.parse import quote

from flask import Response

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INLINE, ATTACHMENT = "inline", "attachment"
#: what somebody brought does nothing, wherever it is opened: no script, form, plugin or frame
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def paper(pdf: bytes, name: str) -> Response:
    """Show a typeset paper in the browser, from where it is printed; `name` ends in .pdf."""
    return _named(Response(pdf, mimetype=PDF), INLINE, name)


def sheet(content: bytes, name: str) -> Response:
    """Hand a spreadsheet over to be kept; `name` ends in .xlsx."""
    return _named(Response(content, mimetype=XLSX), ATTACHMENT, name)


def scan(content: bytes, media_type: str, name: str) -> Response:
    """Hand over what somebody brought, to be kept, and by nobody on the way."""
    return _named(picture(content, media_type), ATTACHMENT, name)


def picture(content: bytes, media_type: str) -> Response:
    """Show what somebody brought as part of a page."""
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _named(answer: Response, manner: str, name: str) -> Response:
    answer.headers["Content-Disposition"] = f"{manner}; filename*=UTF-8''{quote(name)}"
    return answer
