"""看一眼: what makes a page fit to be seen, asked of the page itself in the browser."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAP = 44
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}

#: how much wider than the window the page is, and who sticks out
WIDTH = """() => {
  const page = document.documentElement, over = page.scrollWidth - page.clientWidth;
  if (over <= 0) return "";
  const wide = [...document.querySelectorAll("body *")].find(
    (el) => el.getBoundingClientRect().right > page.clientWidth + 1 && !el.closest(".scroll"));
  return `${over}px too wide: ` + (wide ? wide.outerHTML.slice(0, 120) : "?");
}"""

#: what a thumb has to hit; of a box and its words, the words count too
TARGETS = """(least) => [...document.querySelectorAll(
    "a,button,input:not([type=hidden]),select,textarea,summary")].flatMap((el) => {
  const area = el.matches("[type=checkbox],[type=radio]") && el.closest("label") || el;
  const box = area.getBoundingClientRect();
  if (!box.width || box.right < 0) return [];
  return box.width < least - 0.5 || box.height < least - 0.5
    ? [`${Math.round(box.width)}x${Math.round(box.height)} ${el.outerHTML.slice(0, 90)}`] : [];
})"""

#: whether whatever has the focus is seen to have it, and is not under something else
FOCUS = """() => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const style = getComputedStyle(el), label = el.labels && el.labels[0];
  const marked = [style, label && getComputedStyle(label)].some(
    (one) => one && one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
  const box = el.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const covered = top && !el.contains(top) && !top.contains(el) && top.closest(".answers");
  return (marked ? "" : "unmarked ") + (covered ? "covered " : "") + el.outerHTML.slice(0, 90);
}"""


def complaints(page: Page, *, is_public: bool, with_axe: bool = True) -> Iterator[str]:
    """Yield what is wrong with the page that is open, once its style sheets have come."""
    page.wait_for_load_state("load")
    if too_wide := page.evaluate(WIDTH):
        yield str(too_wide)
    if is_public:
        yield from (f"small target {one}" for one in page.evaluate(TARGETS, TAP))
    if with_axe:
        yield from _axe(page)


def _axe(page: Page) -> Iterator[str]:
    found: dict[str, Any] = Axe().run(page, options=AXE_OPTIONS).response
    for violation in found["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:120]}"


def tab_stops(page: Page, most: int) -> list[str]:
    """Press Tab through a page; return what can be said against each stop, and its markup."""
    stops: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    return stops
