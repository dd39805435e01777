"""安全响应头: what every answer tells the browser it may and may not do.

Source: design rule 17 of docs/architecture.md: no inline script, no inline style but the one
public style sheet, which is allowed by its digest.
"""

import base64
import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from kernel.web.doors import maybe_actor

STYLE = Path(__file__).parents[2] / "static" / "desk.css"


def style_sheet() -> str:
    """Return the style sheet that public pages carry inside."""
    return STYLE.read_text("utf-8").strip()


def guard_answers(app: Flask) -> None:
    """Put the headers on every answer."""
    digest = base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode()
    policy = "; ".join(
        (
            "default-src 'self'",
            f"style-src 'self' 'sha256-{digest}'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )

    def guard(response: Response) -> Response:
        # a page that hands out somebody's file says a stricter word of its own
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if _leads_away(response):
            response.location = "/"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        is_personal = maybe_actor() is not None or g.get("is_personal")
        if is_personal and request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(guard)


def _leads_away(response: Response) -> bool:
    """Say whether an answer sends the browser to another house: nothing here ever does."""
    netloc = urlsplit(response.location or "").netloc
    return netloc not in {"", request.host}
