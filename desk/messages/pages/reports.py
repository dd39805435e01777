"""短信回执: what the carrier reports of a message, believed only when it is signed twice."""

import hmac

from flask import Blueprint, Response, request
from twilio.request_validator import RequestValidator

from desk.messages.actions.evidence import callback
from desk.messages.gateways.twilio import callback_signature, callback_url, told
from kernel.web.doors import EVERYONE, open_to, signed_elsewhere
from kernel.web.house import house

LARGEST_BODY = 8 * 1024

bp = Blueprint("messages", __name__)


@bp.post("/sms/twilio/<uuid>/<signature>")
@open_to(EVERYONE)
@signed_elsewhere
def twilio_reports(uuid: str, signature: str) -> Response:
    """Take in a report of Twilio's. Quick, and harmless when repeated."""
    request.max_content_length = LARGEST_BODY
    if not _is_genuine(uuid, signature):
        return Response(status=403)
    fate = told(request.form)
    if fate is not None:
        here = house()
        with here.writing() as session:
            callback(session, uuid, fate, here.now(), request.form.get("MessageSid"))
    return Response(status=204)


def _is_genuine(uuid: str, signature: str) -> bool:
    """Say whether we gave this address out and Twilio signed what it sent to it.

    The address is put together from our settings: what a proxy makes of the host is no evidence.
    """
    here = house()
    token, ours = here.settings.twilio_token, callback_signature(here.database.vault, uuid)
    if not token or not hmac.compare_digest(signature.encode(), ours.encode()):
        return False
    url = callback_url(here.settings.public_url, here.database.vault, uuid)
    header = request.headers.get("X-Twilio-Signature", "")
    return bool(RequestValidator(token).validate(url, request.form, header))
