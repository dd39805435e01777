"""浏览器: what a test does with real Chromium besides clicking: watch, read codes, draw."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: Any = {"width": 360, "height": 740}
COUNTER: Any = {"width": 1366, "height": 768}
#: 1280 px wide at 400 % (WCAG 1.4.10)
ZOOMED: Any = {"width": 320, "height": 256}
SHOTS = Path("shots")


def chromium_path() -> str:
    """Return where Chromium is, or nothing."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def launch(playwright: Playwright) -> Browser:
    """Start Chromium; without its sandbox, which it refuses to root."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(LAUNCH))


@dataclass
class Watched:
    """A browser context and everything in it that should not have happened."""

    context: BrowserContext
    home: str
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """Open a page whose console, scripts and requests are listened to."""
        page = self.context.new_page()
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", lambda asked: self._asked(asked.url))
        return page

    def _heard(self, kind: str, text: str) -> None:
        # a refused form answers 4xx, which Chromium calls an error of the network
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.home:
            self.complaints.append(f"third party: {url}")


@contextmanager
def watched(browser: Browser, home: str, **options: Any) -> Iterator[Watched]:
    """Open a browser context of its own, as on a fresh computer; end it without complaints."""
    context = browser.new_context(base_url=home, locale="zh-CN", **options)
    found = Watched(context, home)
    yield found
    context.close()
    assert found.complaints == [], found.complaints


def read_codes(picture: bytes) -> list[str]:
    """Return what the QR codes in a picture say."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    return [code.text for code in zxingcpp.read_barcodes(image)]


def drawn(pdf: bytes, folder: Path, dots: int = 150) -> list[bytes]:
    """Return the sheets of a PDF as pictures, as a printer would lay them down."""
    source = folder / "sheet.pdf"
    source.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(dots), str(source), str(folder / "sheet")], check=True
    )
    return [file.read_bytes() for file in sorted(folder.glob("sheet-*.png"))]


def keep(name: str, picture: bytes) -> None:
    """Put a picture where a person can look at it, when DESK_SHOTS=1 asks for that."""
    if os.environ.get("DESK_SHOTS") == "1":
        SHOTS.mkdir(exist_ok=True)
        (SHOTS / f"{name}.png").write_bytes(picture)


def keep_page(page: Page, name: str) -> None:
    """Put a picture of a whole page there."""
    if os.environ.get("DESK_SHOTS") == "1":
        keep(name, page.screenshot(full_page=True))
