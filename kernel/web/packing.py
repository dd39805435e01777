"""压缩: an answer to a villager goes out compressed, so that a slow phone has it in one go.

An answer with a form token in it does not: its length would tell, letter by letter, what the
token is to whoever can make a phone ask again and again (BREACH). Staff pages neither.
"""

import gzip

from flask import Flask, Response, request

from kernel.web.doors import maybe_actor

#: the name of the token's field, as flask-wtf has it
TOKEN = b"csrf_token"


def pack_answers(app: Flask) -> None:
    """Compress what the page cache does not keep."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    is_wanted = response.mimetype == "text/html" and request.accept_encodings.quality("gzip") > 0
    if not is_wanted or maybe_actor() is not None:
        return response
    body = response.get_data()
    if TOKEN not in body:
        response.set_data(gzip.compress(body, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response
