"""What axe finds that people who use a screen reader, or a keyboard, would stumble over."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from tests.processes import ROOT

_SCRIPT = ROOT / "web/node_modules/axe-core/axe.min.js"
_RUN = """() => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})"""


async def violations(page: Page) -> list[str]:
    """Each with its rule and where it is; the less serious ones too."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())
    found: list[dict[str, Any]] = (await page.evaluate(_RUN))["violations"]
    return [
        f"{one['impact']}: {one['id']}: {one['help']}: {node['html']}"
        for one in found
        for node in one["nodes"]
    ]


@cache
def _axe() -> str:
    return _SCRIPT.read_text()
