"""How the page looks: readable in light and dark, and pictures of it to look at."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.page.driver import WIDE, Driver, visiting
from tests.page.echo import Serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts"

# The contrast of every visible text with the first opaque ground behind it, by the formula of WCAG 2.2; canvas turns
# any colour the browser knows into red, green, blue.
FAINT = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || element.closest(".unseen, option, noscript, #skips") || !element.checkVisibility()) continue;
    let opacity = 1;
    for (let above = element; above; above = above.parentElement) opacity *= getComputedStyle(above).opacity;
    if (opacity > 0 && opacity < 1) faint.push(`${text.slice(0, 30)}: shines through`);
    if (opacity === 0) continue;
    const [one, other] = [light(rgb(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) faint.push(`${text.slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


async def furnish(visitor: Driver) -> None:
    """A little life: a card with support, a comment, a picture, a file."""
    await visitor.turn_to("musterstadt", "Runde")
    await visitor.say("musterstadt", "Guten Morgen in die Runde! Wer kommt am Freitag nach Musterau?")
    await visitor.say("musterstadt", "thema Wie erreichen wir Menschen, die neu zugezogen sind?")
    await visitor.press("musterstadt", "Unterstützen")
    await visitor.sees("musterstadt", "1 Unterstützende")
    await visitor.reply("musterstadt", "1 Unterstützende", "In Musterau gibt es gute Erfahrungen mit Sprachcafés.")
    await visitor.sees("musterstadt", "1 Kommentare", "Sprachcafés")


async def more(visitor: Driver) -> None:
    """The same room seen by others, and a direct chat."""
    for person in ("musterdorf", "koordination"):
        await visitor.turn_to(person, "Runde")
    await visitor.say("musterdorf", "Ich bin dabei und kann zwei Personen mitnehmen.")
    await visitor.turn_to("musterstadt", "Themenbote")
    for word in ("bild", "datei"):
        await visitor.say("musterstadt", word)
    await visitor.sees("musterstadt", "So steht es gerade", "termin.ics")
    await visitor.message("koordination", "mitnehmen").hover()
    await visitor.message("koordination", "mitnehmen").locator('[data-key="reply"]').click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, (390, 844)], ids=["wide", "phone"])
async def test_every_text_is_readable(browser: Browser, serving: Serving, size: tuple[int, int], scheme: str) -> None:
    async with visiting(browser, size, color_scheme=scheme) as visitor:
        await visitor.open(serving.url)
        await visitor.choose(*(["musterstadt"] if size[0] < 600 else ["musterstadt", "musterdorf", "koordination"]))
        await furnish(visitor)
        if size == WIDE:
            await more(visitor)
        await visitor.page.wait_for_timeout(300)
        ARTEFACTS.mkdir(exist_ok=True)
        await visitor.page.screenshot(path=ARTEFACTS / f"page-{size[0]}-{scheme}.png")
        assert await visitor.page.evaluate(FAINT) == []
        await visitor.page.get_by_role("button", name="So geht’s").click()
        assert await visitor.page.evaluate(FAINT) == []


async def test_whoever_wants_no_motion_gets_none(browser: Browser, serving: Serving) -> None:
    async with visiting(browser, reduced_motion="reduce") as visitor:
        await visitor.open(serving.url)
        moving = """() => [...document.querySelectorAll("*")].filter((one) => {
            const style = getComputedStyle(one);
            return style.animationName !== "none" || Number.parseFloat(style.transitionDuration) > 0;
        }).length"""
        assert await visitor.page.evaluate(moving) == 0
