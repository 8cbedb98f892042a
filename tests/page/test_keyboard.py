"""The page without a mouse."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.page.driver import Driver

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOCUSED = """() => {
  const one = document.activeElement;
  return one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent.trim() || one.tagName;
}"""


async def keys(page: Page, *names: str) -> None:
    for name in names:
        await page.keyboard.press(name)


async def test_skip_links_lead_to_each_person(visitor: Driver) -> None:
    await visitor.choose("musterstadt", "koordination")
    await visitor.page.reload()
    await expect(visitor.column("koordination")).to_be_visible()
    await keys(visitor.page, "Tab")
    skip = visitor.page.get_by_role("link", name="Zu Musterstadt springen")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await keys(visitor.page, "Tab", "Enter")
    await expect(visitor.field("koordination")).to_be_focused()


async def test_from_proposal_to_comment_by_keyboard_alone(visitor: Driver) -> None:
    page = visitor.page
    await visitor.choose("musterstadt")
    await page.reload()
    await expect(visitor.column("musterstadt")).to_be_visible()
    await keys(page, "Tab", "Enter")
    await keys(page, "Shift+Tab")
    for _ in range(9):
        if await page.evaluate("document.activeElement.getAttribute('role') === 'tab'"):
            break
        await keys(page, "Shift+Tab")
    await keys(page, "ArrowRight")
    await expect(visitor.column("musterstadt").get_by_role("tab", name="Runde Musterregion")).to_be_focused()
    await keys(page, "Tab")
    await expect(visitor.field("musterstadt")).to_be_focused()
    await page.keyboard.type("thema Wie finden wir Räume?")
    await keys(page, "Enter")
    await visitor.sees("musterstadt", "0 Unterstützende · 0 Kommentare")

    await keys(page, "ArrowUp")
    card = visitor.message("musterstadt", "0 Kommentare")
    await expect(card.locator("article")).to_be_focused()
    await keys(page, "Tab")
    await expect(visitor.button("musterstadt", "Unterstützen")).to_be_focused()
    await keys(page, "Enter")
    await visitor.sees("musterstadt", "1 Unterstützende")
    await expect(visitor.button("musterstadt", "Unterstützen")).to_be_focused()

    await keys(page, "Escape")
    await expect(visitor.field("musterstadt")).to_be_focused()
    await keys(page, "ArrowUp", "r")
    await expect(visitor.column("musterstadt").get_by_text("Antwort an Themenbote")).to_be_visible()
    await keys(page, "Escape")
    await expect(visitor.column("musterstadt").get_by_text("Antwort an Themenbote")).to_be_hidden()
    await keys(page, "ArrowUp", "Enter")
    await page.keyboard.type("In der Bücherei.")
    await keys(page, "Shift+Enter")
    await page.keyboard.type("Samstags.")
    await keys(page, "Enter")
    await visitor.sees("musterstadt", "1 Kommentare", "In der Bücherei.\nSamstags.")

    await keys(page, "ArrowUp", "e")
    await expect(visitor.field("musterstadt")).to_have_value("In der Bücherei.\nSamstags.")
    await page.keyboard.type(" Oder sonntags.")
    await keys(page, "Enter")
    await visitor.sees("musterstadt", "Samstags. Oder sonntags.")


async def test_arrows_walk_through_the_messages_and_out_again(visitor: Driver) -> None:
    await visitor.choose("musterstadt")
    for text in ("eins", "zwei"):
        await visitor.say("musterstadt", text)
        await expect(visitor.column("musterstadt").locator(".entry.assistant").filter(has_text=text)).to_be_visible()
    entries = visitor.column("musterstadt").locator("article")
    await keys(visitor.page, "ArrowUp", "ArrowUp")
    await expect(entries.nth(2)).to_be_focused()
    await keys(visitor.page, "Home")
    await expect(entries.nth(0)).to_be_focused()
    await keys(visitor.page, "End")
    await expect(entries.nth(3)).to_be_focused()
    await keys(visitor.page, "ArrowDown")
    await expect(visitor.field("musterstadt")).to_be_focused()


async def test_the_tabulator_passes_everything_and_is_never_caught(visitor: Driver) -> None:
    await visitor.choose("musterstadt", "neustadt")
    await visitor.say("musterstadt", "thema Wie finden wir Räume?")
    await visitor.sees("musterstadt", "0 Kommentare")
    await visitor.page.reload()
    await visitor.sees("musterstadt", "0 Kommentare")
    seen: list[str] = []
    for _ in range(60):
        await keys(visitor.page, "Tab")
        if await visitor.page.evaluate("document.activeElement === document.body"):
            break
        visible = await visitor.page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none'; }"
        )
        seen.append(await visitor.page.evaluate(FOCUSED))
        assert visible, f"the focus cannot be seen on {seen[-1]}"
    else:
        pytest.fail(f"the tabulator is caught: {seen}")
    for name in ("Musterstadt", "So geht’s", "English", "Dunkel", "Unterstützen", "Nachricht an Themenbote"):
        assert any(name in one for one in seen), (name, seen)
    assert "Chat beginnen" in seen


async def test_windows_keep_the_focus_and_give_it_back(visitor: Driver) -> None:
    page = visitor.page
    button = page.get_by_role("button", name="So geht’s")
    await button.focus()
    await keys(page, "Enter")
    dialog = page.get_by_role("dialog", name="Zum Ausprobieren")
    await expect(dialog.get_by_role("button", name="Schließen")).to_be_focused()
    await keys(page, "Escape")
    await expect(dialog).to_have_count(0)
    await expect(button).to_be_focused()


async def test_what_is_read_out(visitor: Driver) -> None:
    await visitor.choose("musterstadt", "musterdorf")
    for person in ("musterstadt", "musterdorf"):
        await visitor.turn_to(person, "Runde Musterregion")
    await visitor.field("musterdorf").focus()
    logs = {person: visitor.column(person).get_by_role("log") for person in ("musterstadt", "musterdorf")}
    await expect(logs["musterdorf"]).to_have_attribute("aria-live", "polite")
    await expect(logs["musterstadt"]).to_have_attribute("aria-live", "off")
    await expect(logs["musterdorf"]).to_have_accessible_name("Verlauf von Runde Musterregion, gesehen von Musterdorf")
    await visitor.say("musterdorf", "Hallo")
    article = visitor.message("musterdorf", "Hallo").locator("article")
    await expect(article).to_have_accessible_name(re.compile(r"^Sie Hallo \d\d:\d\d angekommen$"))
    await expect(visitor.page.get_by_role("region", name="Musterdorf")).to_be_visible()
    await expect(visitor.page.get_by_role("main")).to_have_count(1)
    await expect(visitor.page.get_by_role("banner")).to_have_count(1)
