"""What a visitor can do on the page, against an assistant that merely echoes."""

import re

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.page.driver import DIRECT, Driver, visiting
from tests.page.echo import Serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOM = "Runde Musterregion"


def unread(name: str, words: str) -> re.Pattern[str]:
    """The accessible name of a tab or button that counts new messages."""
    return re.compile(rf"^.*{re.escape(name)}\s*, {words}$")


async def to_the_room(visitor: Driver, *people: str) -> None:
    await visitor.choose(*people)
    for person in people:
        await visitor.turn_to(person, ROOM)


async def test_several_people_stand_side_by_side(visitor: Driver) -> None:
    assert await visitor.shown() == ["musterstadt", "musterdorf", "koordination", "neustadt"]
    await visitor.choose("musterau", "koordination")
    assert await visitor.shown() == ["musterau", "koordination"]
    await visitor.page.locator('.chip[data-person="musterau"]').click()
    await visitor.page.locator('.chip[data-person="koordination"]').click()
    assert await visitor.shown() == ["koordination"], "somebody is always shown"
    await visitor.page.reload()
    await expect(visitor.column("koordination")).to_be_visible()
    assert await visitor.shown() == ["koordination"]


async def test_a_message_is_answered(visitor: Driver) -> None:
    await visitor.say("musterstadt", "Guten Morgen")
    await visitor.sees("musterstadt", "Guten Morgen")
    await expect(visitor.column("musterstadt").locator(".entry.assistant")).to_contain_text("Guten Morgen")
    await expect(visitor.column("musterstadt").locator(".entry.own .progress")).to_have_text("angekommen")
    await visitor.misses("musterdorf", "Guten Morgen")


async def test_a_card_changes_for_all_and_only_the_presser_is_told(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "musterdorf")
    await visitor.say("musterstadt", "thema Wie finden wir Räume?")
    await visitor.press("musterdorf", "Unterstützen")
    await visitor.told("musterdorf", "Sie unterstützen dieses Thema.")
    for person in ("musterstadt", "musterdorf"):
        await visitor.sees(person, "1 Unterstützende · 0 Kommentare")
    await visitor.told("musterstadt", "")
    await visitor.press("musterdorf", "Unterstützen")
    await visitor.sees("musterstadt", "0 Unterstützende · 0 Kommentare")


async def test_the_focus_stays_on_the_pressed_button_while_the_card_changes(visitor: Driver) -> None:
    await visitor.say("musterstadt", "thema Wie finden wir Räume?")
    await visitor.press("musterstadt", "Unterstützen")
    await visitor.sees("musterstadt", "1 Unterstützende")
    await expect(visitor.button("musterstadt", "Unterstützen")).to_be_focused()


async def test_a_reply_to_a_card_is_a_comment(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "koordination")
    await visitor.say("musterstadt", "thema Wie finden wir Räume?")
    await visitor.sees("koordination", "0 Kommentare")
    await visitor.reply("koordination", "0 Kommentare", "Die Bücherei hat einen.")
    await visitor.sees("musterstadt", "1 Kommentare", "Die Bücherei hat einen.")
    answer = visitor.message("musterstadt", "Die Bücherei hat einen.")
    await expect(answer.locator(".quote")).to_contain_text("Wie finden wir Räume?")
    await answer.locator(".quote").click()
    await expect(visitor.message("musterstadt", "1 Kommentare").locator("article")).to_be_focused()


async def test_an_own_message_can_be_changed_and_others_cannot(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "musterdorf")
    await visitor.say("musterstadt", "Bis Freitga")
    await visitor.edit("musterstadt", "Bis Freitga", "Bis Freitag")
    await visitor.sees("musterdorf", "Bis Freitag")
    seen = visitor.column("musterdorf").locator(".entry.other").filter(has_text="Bis Freitag")
    await expect(seen.locator(".meta")).to_contain_text("bearbeitet")
    await expect(seen.locator('[data-key="reply"]')).to_have_count(1)
    await expect(seen.locator('[data-key="edit"]')).to_have_count(0)
    await visitor.misses("musterdorf", "Freitga")


async def test_a_picture_has_words_and_a_file_can_be_had(visitor: Driver) -> None:
    await visitor.say("musterstadt", "bild")
    picture = visitor.column("musterstadt").get_by_role("img", name="Balken: Sprachcafés 12, Wohnen 7, Vereine 3.")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 600)
    await visitor.say("musterstadt", "datei")
    async with visitor.page.expect_download() as begun:
        await visitor.column("musterstadt").get_by_role("link", name="Datei „termin.ics“ herunterladen").click()
    assert (await begun.value).suggested_filename == "termin.ics"


async def test_what_people_write_is_never_markup(visitor: Driver) -> None:
    wild = '<img src=x onerror="alert(1)"><b>fett</b> &amp; { $x } \u202eschief'
    await visitor.say("musterstadt", wild)
    await expect(visitor.column("musterstadt").locator(".entry.own .text")).to_have_text(wild)
    await expect(visitor.column("musterstadt").locator(".entry.assistant .text")).to_have_text(wild)
    await expect(visitor.column("musterstadt").locator(".log img, .log b")).to_have_count(0)


async def test_a_very_long_message_stays_within_the_page(visitor: Driver) -> None:
    await visitor.choose("musterstadt")
    await visitor.say("musterstadt", "thema " + "x" * 3_000)
    await expect(visitor.column("musterstadt").locator(".entry.own")).to_be_visible()
    assert not await visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    log = visitor.column("musterstadt").locator(".log")
    assert not await log.evaluate("(log) => log.scrollWidth > log.clientWidth")


async def test_nothing_is_sent_that_is_empty(visitor: Driver, serving: Serving) -> None:
    for text in ("", "   ", "\n"):
        await visitor.field("musterstadt").fill(text)
        await visitor.field("musterstadt").press("Enter")
    await visitor.say("musterstadt", "etwas")
    await expect(visitor.column("musterstadt").locator(".entry.assistant")).to_contain_text("etwas")
    assert len(serving.echo.arrivals) == 1


async def test_too_long_a_message_stays_in_its_field(visitor: Driver) -> None:
    await visitor.say("musterstadt", "x" * 10_001)
    await visitor.told("musterstadt", "Das sind 10.001 Zeichen. In eine Nachricht passen höchstens 10.000.")
    await expect(visitor.field("musterstadt")).to_have_value("x" * 10_001)
    await visitor.say("musterstadt", "y" * 10_000)
    await expect(visitor.column("musterstadt").locator(".entry.own")).to_have_count(1)
    await visitor.misses("musterstadt", "x")


async def test_a_button_works_again_after_its_answer_was_lost(visitor: Driver, serving: Serving) -> None:
    await visitor.say("musterstadt", "thema Wie finden wir Räume?")
    await visitor.sees("musterstadt", "0 Kommentare")
    serving.echo.busy = True
    await visitor.press("musterstadt", "Unterstützen")
    await expect(visitor.button("musterstadt", "Unterstützen")).to_have_class("busy")
    await serving.stop()
    serving.echo.busy = False
    await serving.start()
    await visitor.sees("musterstadt", "1 Unterstützende")
    await expect(visitor.button("musterstadt", "Unterstützen")).not_to_have_class("busy")
    await visitor.press("musterstadt", "Unterstützen")
    await visitor.sees("musterstadt", "0 Unterstützende")


async def test_history_survives_reload_and_restart(visitor: Driver, serving: Serving) -> None:
    await visitor.say("musterstadt", "bild")
    await visitor.say("musterstadt", "thema Wie finden wir Räume?")
    await visitor.sees("musterstadt", "So steht es gerade", "0 Kommentare")
    await visitor.page.reload()
    await visitor.sees("musterstadt", "So steht es gerade", "0 Kommentare")
    await serving.stop()
    await serving.start()
    await visitor.page.reload()
    await visitor.sees("musterstadt", "So steht es gerade", "0 Kommentare")
    await visitor.press("musterstadt", "Unterstützen")
    await visitor.sees("musterstadt", "1 Unterstützende")


async def test_older_messages_are_loaded_and_the_place_is_kept(visitor: Driver) -> None:
    await visitor.choose("musterstadt")
    await visitor.say("musterstadt", "viele 60")
    await visitor.sees("musterstadt", "Nachricht 60")
    await visitor.page.reload()
    await visitor.sees("musterstadt", "Nachricht 60")
    await visitor.misses("musterstadt", "Nachricht 9")
    log = visitor.column("musterstadt").locator(".log")
    await log.evaluate("(log) => log.scrollTo(0, 0)")
    top = visitor.message("musterstadt", "Nachricht 21")
    before = await top.bounding_box()
    await visitor.column("musterstadt").get_by_role("button", name="Ältere Nachrichten laden").click()
    await visitor.told("musterstadt", "21 ältere Nachrichten geladen.")
    await expect(visitor.message("musterstadt", "Nachricht 9")).to_have_count(1)
    after = await top.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 120, "what was read stays where it was, but for the button that went"
    await expect(visitor.column("musterstadt").get_by_role("button", name="Ältere")).to_be_hidden()


async def test_a_reader_of_old_messages_is_led_to_the_new_ones(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "musterdorf")
    await visitor.say("musterstadt", "viele 40")
    await visitor.sees("musterdorf", "Nachricht 40")
    await visitor.column("musterdorf").locator(".log").evaluate("(log) => log.scrollTo(0, 0)")
    newest = visitor.column("musterdorf").get_by_role("button", name="Zu den neuen Nachrichten")
    await expect(newest).to_be_hidden()
    await visitor.say("musterstadt", "Ganz neu")
    await newest.click()
    await expect(visitor.message("musterdorf", "Ganz neu").locator("article")).to_be_focused()
    await expect(newest).to_be_hidden()


async def test_unread_messages_are_counted_in_words(visitor: Driver) -> None:
    await visitor.choose("musterstadt", "musterdorf")
    await visitor.turn_to("musterstadt", ROOM)
    await visitor.say("musterstadt", "eins")
    await visitor.say("musterstadt", "zwei")
    column = visitor.column("musterdorf")
    await visitor.turn_to("musterstadt", DIRECT)
    await expect(column.get_by_role("tab", name=unread(ROOM, "2 neue Nachrichten"))).to_be_visible()
    await visitor.turn_to("musterstadt", ROOM)
    await visitor.say("musterstadt", "drei")
    await expect(visitor.page.get_by_role("button", name=unread("Musterau", "3 neue Nachrichten"))).to_be_visible()
    await visitor.turn_to("musterstadt", DIRECT)
    await visitor.choose("musterau", "musterdorf")
    await visitor.turn_to("musterdorf", ROOM)
    await expect(column.get_by_role("tab", name=ROOM, exact=True)).to_be_visible()
    await visitor.page.reload()
    again = visitor.column("musterau").get_by_role("tab", name=unread(ROOM, "3 neue Nachrichten"))
    await expect(again).to_be_visible()


async def test_news_in_hidden_chats_are_announced(visitor: Driver) -> None:
    await visitor.choose("musterstadt", "musterdorf")
    announcer = visitor.page.locator("#announcer")
    await visitor.say("musterstadt", "rufe Guten Morgen")
    await visitor.say("musterstadt", "rufe Guten Abend")
    await expect(announcer).to_have_text(
        "Musterstadt, Runde Musterregion: 2 neue Nachrichten. Musterdorf, Runde Musterregion: 2 neue Nachrichten."
    )


async def test_what_waits_for_the_assistant_says_so(visitor: Driver, serving: Serving) -> None:
    serving.echo.busy = True
    await visitor.say("musterstadt", "Hallo")
    progress = visitor.column("musterstadt").locator(".entry.own .progress")
    await expect(progress).to_contain_text("wird bearbeitet, sobald der Themenbote wieder erreichbar ist")
    serving.echo.busy = False
    await expect(progress).to_have_text("angekommen")
    assert len(serving.echo.arrivals) == 1


async def test_nothing_is_lost_while_the_connection_is(visitor: Driver, serving: Serving) -> None:
    await visitor.say("musterstadt", "vorher")
    await visitor.sees("musterstadt", "vorher")
    await serving.stop()
    banner = visitor.page.get_by_role("alert")
    await expect(banner).to_contain_text("Die Verbindung ist unterbrochen.")
    for text in ("erste", "zweite"):
        await visitor.say("musterstadt", text)
    await expect(visitor.message("musterstadt", "zweite").locator(".progress")).to_contain_text("wird gesendet")
    await serving.start()
    await expect(banner).to_be_hidden(timeout=10_000)
    await expect(visitor.column("musterstadt").locator(".entry.assistant")).to_have_count(3)
    texts = await visitor.column("musterstadt").locator(".entry .text").all_inner_texts()
    assert [text for text in texts if text in {"erste", "zweite"}] in (
        ["erste", "zweite", "erste", "zweite"],
        ["erste", "erste", "zweite", "zweite"],
    )


async def test_a_page_opened_before_the_file_is_waits_for_it(browser: Browser, serving: Serving) -> None:
    await serving.channel.close()
    async with visiting(browser) as visitor:
        await visitor.page.goto(serving.url)
        await expect(visitor.page.get_by_role("alert")).to_be_visible()
        await serving.stop()
        await serving.start()
        await expect(visitor.column("musterstadt")).to_be_visible(timeout=10_000)


async def test_what_is_not_sent_survives_a_reload(visitor: Driver, serving: Serving) -> None:
    await visitor.field("musterdorf").fill("halb fertig")
    await visitor.page.route("**/local/socket", lambda route: route.abort())
    await serving.channel.close()
    await expect(visitor.page.get_by_role("alert")).to_be_visible()
    await visitor.say("musterstadt", "noch nicht weg")
    await visitor.sees("musterstadt", "noch nicht weg")
    await serving.stop()
    await serving.start()
    await visitor.page.reload()
    await visitor.sees("musterstadt", "noch nicht weg")
    await expect(visitor.column("musterstadt").locator(".entry.assistant")).to_have_text(re.compile("noch nicht weg"))
    await expect(visitor.field("musterdorf")).to_have_value("halb fertig")
    assert len(serving.echo.arrivals) == 1


async def test_leaving_the_room_and_coming_back(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "musterdorf")
    column = visitor.column("musterdorf")
    await column.get_by_label(f"Mehr zu {ROOM}").click()
    await column.get_by_role("button", name="Runde verlassen").click()
    await visitor.sees("musterstadt", "Musterdorf hat die Runde verlassen.")
    await expect(column.get_by_text("Sie haben die Runde verlassen.")).to_be_visible()
    await expect(visitor.field("musterdorf")).to_be_hidden()
    await visitor.say("musterstadt", "Schade")
    await column.get_by_role("button", name="Wieder beitreten").click()
    await visitor.sees("musterdorf", "Schade", "Sie sind wieder dabei.")


async def test_a_newcomer_begins_and_may_block(visitor: Driver) -> None:
    column = visitor.column("neustadt")
    await column.get_by_role("button", name="Chat beginnen").click()
    await visitor.sees("neustadt", "Sie haben den Chat geöffnet.", "Willkommen beim Themenboten.")
    await column.get_by_label("Mehr zu Themenbote").click()
    await column.get_by_role("button", name="Themenbote blockieren").click()
    await expect(column.get_by_role("button", name="Chat wieder öffnen")).to_be_visible()


async def test_an_invitation_link_asks_who_opens_it(visitor: Driver, serving: Serving) -> None:
    await visitor.page.goto(f"{serving.url}/?start=EINLADUNG-7")
    dialog = visitor.page.get_by_role("dialog", name="Wer öffnet diesen Link?")
    await expect(dialog.get_by_role("radio", name="Neustadt (Gast)")).to_be_checked()
    await dialog.get_by_role("button", name="Link öffnen").click()
    await visitor.sees("neustadt", "Willkommen beim Themenboten. Code: EINLADUNG-7")
    assert visitor.page.url == f"{serving.url}/", "a reload does not open it again"


async def test_a_link_in_a_message_opens_the_chat_of_the_person_who_follows_it(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "musterdorf")
    await visitor.say("musterstadt", "link")
    await visitor.message("musterdorf", "Zum Beitreten").get_by_role("link").click()
    await visitor.sees("musterdorf", "Willkommen beim Themenboten. Code: EINLADUNG")
    await visitor.sees("musterstadt", "Zum Beitreten hier öffnen")


async def test_a_press_may_lead_into_the_direct_chat(visitor: Driver) -> None:
    await to_the_room(visitor, "musterstadt", "musterdorf")
    await visitor.say("musterstadt", "oft")
    await visitor.press("musterdorf", "Zur Liste")
    await visitor.sees("musterdorf", "Willkommen beim Themenboten. Code: liste")
    await visitor.told("musterdorf", "Hier geht es weiter.")


async def test_german_and_english(visitor: Driver) -> None:
    await visitor.page.get_by_role("button", name="English").click()
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    await expect(visitor.column("neustadt").get_by_role("button", name="Start the chat")).to_be_visible()
    await visitor.page.reload()
    await expect(visitor.page.get_by_role("button", name="Deutsch")).to_be_visible()
    assert not await visitor.page.get_by_text("page-").count(), "every word is there"


async def test_light_and_dark(visitor: Driver) -> None:
    page = visitor.page
    light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_role("button", name="Dunkel").click()
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    await page.reload()
    await expect(page.get_by_role("button", name="Hell")).to_be_visible()
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


@pytest.mark.parametrize("width", [360, 390])
async def test_at_phone_width_one_person_fills_the_screen(browser: Browser, serving: Serving, width: int) -> None:
    async with visiting(browser, (width, 740), has_touch=True) as visitor:
        await visitor.open(serving.url)
        assert len(await visitor.shown()) == 1
        await visitor.choose("musterdorf")
        await visitor.turn_to("musterdorf", ROOM)
        await visitor.say("musterdorf", "thema Wie gewinnen wir Ehrenamtliche für Sprachbegleitung und Behördengänge?")
        await visitor.sees("musterdorf", "0 Unterstützende")
        assert await visitor.shown() == ["musterdorf"]
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") == width
        await visitor.press("musterdorf", "Unterstützen")
        await visitor.sees("musterdorf", "1 Unterstützende")


async def test_a_file_is_sent_with_what_is_written_beside_it(visitor: Driver) -> None:
    column = visitor.column("musterstadt")
    await visitor.field("musterstadt").fill("Der Plan")
    async with visitor.page.expect_file_chooser() as chooser:
        await column.get_by_role("button", name="Bild oder Datei senden").click()
    plan = FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 Plan")
    await (await chooser.value).set_files(plan)
    sent = column.locator(".entry.own").last
    await expect(sent).to_contain_text("Der Plan")
    await expect(sent.get_by_role("link", name="plan.pdf")).to_be_visible()
    await expect(visitor.field("musterstadt")).to_have_value("")
