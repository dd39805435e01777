"""二维码: an address as a picture that a phone reads at arm's length.

Error level M and a quiet zone of four modules; an upper-case address stays in the
alphanumeric mode, which makes bigger modules. The picture is SVG without any style and without
a name: whoever shows it says beside it what it is for.
"""

from functools import lru_cache
from itertools import groupby

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4


@lru_cache(maxsize=256)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of dark (True) and light modules, quiet zone included."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def qr_svg(text: str) -> Markup:
    """Return `text` as an inline SVG picture, one path of horizontal runs."""
    rows = qr_modules(text)
    runs = "".join(_runs(row, y) for y, row in enumerate(rows))
    size = len(rows)
    # digits only: nothing of `text` is in the markup
    return Markup(  # nosec B704
        f'<svg class="qr" aria-hidden="true" viewBox="0 0 {size} {size}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{runs}"/></svg>'
    )


def _runs(row: tuple[bool, ...], y: int) -> str:
    parts, x = [], 0
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            parts.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return "".join(parts)
