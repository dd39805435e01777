"""裸页面: a bare Flask that says hello, served as the hall is served: the floor of a page.

python -m bench.hello PORT
"""

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from kernel.serving import BLOCKING_THREADS
from kernel.settings import Settings

GREETING = "hello"


def create_app() -> Flask:
    """Return an application with one page that asks nobody anything."""
    app = Flask(__name__)
    app.add_url_rule("/", "hello", lambda: GREETING)
    return app


def main() -> None:
    """Serve it with the hall's own numbers of workers and threads."""
    Granian(
        "bench.hello:create_app",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=Settings().workers,
        blocking_threads=BLOCKING_THREADS,
        factory=True,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
