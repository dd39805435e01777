"""公开接口: the catalogue's search as JSON, the same that the counter and the public pages ask."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from desk.villager.rules import read_search
from kernel.editions import Edition
from kernel.web.doors import EVERYONE, open_to
from kernel.web.house import house
from services_catalog import queries
from services_catalog.rules.items import HANDLING_NAMES

bp = Blueprint("interface", __name__, url_prefix="/api")


@bp.get("/items")
@open_to(EVERYONE)
def items() -> ResponseReturnValue:
    """Return what somebody's words mean, the likeliest first."""
    asked = read_search(request.args.get("q", ""), request.args.get("limit", "5"))
    here = house()
    with here.reading() as session:
        index = here.kept(session, Edition.CATALOGUE, "search", queries.index)
        hits = index.find(asked.words, asked.limit)
        listed = {one.code: one for one in queries.by_codes(session, [hit.code for hit in hits])}
    return jsonify(
        [
            {
                "code": hit.code,
                "title": listed[hit.code].title,
                "window": listed[hit.code].window,
                "kind": HANDLING_NAMES[listed[hit.code].handling],
                "score": round(hit.score, 4),
            }
            for hit in hits
            if hit.code in listed
        ]
    )
