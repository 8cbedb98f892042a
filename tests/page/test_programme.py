"""The real process and its demonstration programme on the page, used as people would use it."""

import re
import socket
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.page.driver import DIRECT, WIDE, Driver, visiting
from tests.page.test_keyboard import keys
from tests.page.test_looks import ARTEFACTS, FAINT
from tests.system.process import Process

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOM = "Runde Musterregion"
STOPPED = 0
PHONE = (390, 844)
GUIDED = "Wie finden wir Räume für Begegnung?"
QUICK = "Wie werden Bibliotheken zu Treffpunkten?"

SIDEWAYS = """() => [...document.querySelectorAll("html, .log, .bubble, .row button")]
    .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML.slice(0, 120))"""

# Buttons on one line differ in width only where a label needs more than its share.
UNEVEN = """() => [...document.querySelectorAll(".row")].filter((row) => {
    const lines = Map.groupBy(row.children, (button) => button.offsetTop);
    return [...lines.values()].some((line) => {
        const widths = line.map((button) => button.getBoundingClientRect().width);
        const needs = line.map((button) => {
            button.style.flex = "none";
            const need = button.getBoundingClientRect().width;
            button.style.flex = "";
            return need;
        });
        const share = widths.reduce((sum, width) => sum + width, 0) / line.length;
        return Math.max(...needs) <= share && Math.max(...widths) - Math.min(...widths) > 1;
    });
}).map((row) => row.textContent)"""


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest_asyncio.fixture(loop_scope="session")
async def programme(tmp_path: Path) -> AsyncIterator[Process]:
    process = Process(tmp_path, {"THEMENBOTE_WEB__PORT": free_port()})
    await process.start()
    yield process
    assert await process.end() == STOPPED
    assert not re.search("ERROR|Traceback", process.log), process.log


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, programme: Process) -> AsyncIterator[Driver]:
    async with visiting(browser) as driver:
        await driver.open(programme.url)
        yield driver


async def to_the_room(visitor: Driver, *people: str) -> None:
    for person in people:
        await visitor.turn_to(person, ROOM)


def card(visitor: Driver, person: str, text: str) -> Locator:
    """The last message of the assistant that says this itself, not in a quotation."""
    text_of_it = visitor.page.locator(".text", has_text=text)
    return visitor.column(person).locator(".entry.assistant").filter(has=text_of_it).last


async def number_of(visitor: Driver, person: str, question: str) -> str:
    """The number on the last card with this question."""
    found = re.search(r"Thema (\d+): " + re.escape(question), await card(visitor, person, question).inner_text())
    assert found
    return found[1]


async def picture(visitor: Driver, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    await visitor.page.screenshot(path=ARTEFACTS / f"programme-{name}.png", animations="disabled")


async def propose_guided(visitor: Driver, person: str) -> None:
    await visitor.say(person, "/thema")
    await visitor.sees(person, "Welche Frage bringen Sie mit?")
    await visitor.say(person, "Räume für Begegnung")
    await visitor.sees(person, "Im Programm geht es vor allem um das „Wie“.")
    await visitor.say(person, GUIDED)
    await visitor.sees(person, "Worum geht es in Ihrer Praxis?")
    await visitor.say(person, "Der Saal im Rathaus ist abends geschlossen.")
    await visitor.press(person, "Praxisbeispiel")
    await visitor.press(person, "Mit Namen")
    await visitor.sees(
        person, "Danke, Ihr Thema ist vorgeschlagen.", "Möchten Sie das Thema auch in der Gruppe zeigen?"
    )
    await visitor.press(person, f"In „{ROOM}“ zeigen")
    await visitor.told(person, f"Das Thema steht jetzt in „{ROOM}“.")


async def test_from_proposal_to_merging(visitor: Driver) -> None:
    await visitor.choose("musterstadt", "musterdorf", "musterhausen", "koordination")
    await to_the_room(visitor, "musterdorf", "musterhausen", "koordination")
    await propose_guided(visitor, "musterstadt")
    await to_the_room(visitor, "musterstadt")

    everybody = ("musterstadt", "musterdorf", "musterhausen", "koordination")
    for person in everybody:
        await expect(card(visitor, person, GUIDED)).to_contain_text("Eine Person unterstützt es, noch kein Kommentar.")
    await visitor.press("musterdorf", "Unterstützen")
    for person in everybody:
        await expect(card(visitor, person, GUIDED)).to_contain_text("2 Personen unterstützen es, noch kein Kommentar.")
    await visitor.reply("musterhausen", GUIDED, "Bei uns öffnet die Feuerwehr ihren Saal.")
    for person in everybody:
        await expect(card(visitor, person, GUIDED)).to_contain_text("2 Personen unterstützen es, ein Kommentar.")
    await visitor.press("koordination", "Kommentare lesen")
    await visitor.told("koordination", "Die Kommentare habe ich Ihnen direkt geschickt.")
    await visitor.press("koordination", "Kommentieren")
    await visitor.told("koordination", "Antworten Sie einfach auf die Karte, dann ist das ein Kommentar.")
    await expect(visitor.message("koordination", "Notiert als Kommentar").locator(".meta")).to_be_in_viewport()
    await picture(visitor, "room")

    await visitor.say("musterdorf", f"/thema {QUICK}")
    await visitor.sees("koordination", "Danke, Ihr Thema ist vorgeschlagen.")
    source, target = [await number_of(visitor, "koordination", question) for question in (GUIDED, QUICK)]
    for person in ("musterstadt", "musterdorf", "koordination"):
        await visitor.turn_to(person, DIRECT)
    await visitor.say("koordination", f"/zusammenführen {source} {target}")
    await visitor.press("koordination", "Ja, zusammenführen")
    await visitor.sees("koordination", f"Thema {source} ist jetzt Teil von Thema {target}.")
    await visitor.sees("musterstadt", f"Ihr Thema {source} ist in Thema {target} aufgegangen: {QUICK}")
    await visitor.sees("musterdorf", f"In Ihrem Thema {target} ist ein ähnliches aufgegangen: {GUIDED}")
    await expect(visitor.message("musterhausen", f"Es ist in Thema {target} aufgegangen.")).to_be_visible()
    await expect(card(visitor, "musterhausen", QUICK)).to_contain_text("2 Personen unterstützen es, ein Kommentar.")
    await picture(visitor, "merged")


async def test_reload_and_restart_lose_nothing(visitor: Driver, programme: Process) -> None:
    await visitor.choose("musterstadt")
    await visitor.say("musterstadt", "/thema")
    await visitor.sees("musterstadt", "Welche Frage bringen Sie mit?")
    await visitor.say("musterstadt", GUIDED)
    await visitor.sees("musterstadt", "Worum geht es in Ihrer Praxis?")
    await visitor.page.reload()
    await visitor.sees("musterstadt", "Welche Frage bringen Sie mit?", GUIDED, "Worum geht es in Ihrer Praxis?")

    assert await programme.end() == STOPPED
    await expect(visitor.page.get_by_role("alert")).to_be_visible()
    await visitor.say("musterstadt", "Der Saal im Rathaus ist abends geschlossen.")
    await programme.start()
    await visitor.sees("musterstadt", "Worum geht es in Ihrer Praxis?", "Können Sie selbst etwas beitragen?")
    await visitor.press("musterstadt", "Nein")
    await visitor.press("musterstadt", "Anonym")
    await visitor.sees("musterstadt", "Danke, Ihr Thema ist vorgeschlagen.")
    card = visitor.message("musterstadt", "Anonym vorgeschlagen.")
    await expect(card).to_contain_text(f"{GUIDED}\n\nDer Saal im Rathaus ist abends geschlossen.")


async def test_a_newcomer_joins_by_an_invitation(visitor: Driver) -> None:
    await visitor.choose("koordination")
    await visitor.say("koordination", "/einladen")
    for label in ("Teilnahme", "Musterregion", "Eine Person", "7 Tage"):
        await visitor.press("koordination", label)
    invitation = visitor.message("koordination", "Die Einladung ist fertig.")
    code = invitation.get_by_role("img", name="QR-Code, der den ersten Einladungslink öffnet.")
    await expect(code).to_be_in_viewport()
    assert await code.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    await picture(visitor, "invitation")

    await visitor.page.goto(str(await invitation.get_by_role("link", name="http").get_attribute("href")))
    dialog = visitor.page.get_by_role("dialog", name="Wer öffnet diesen Link?")
    await expect(dialog.get_by_role("radio", name="Neustadt")).to_be_checked()
    await dialog.get_by_role("button", name="Link öffnen").click()
    await visitor.sees("neustadt", "Sind Sie damit einverstanden?")
    await visitor.press("neustadt", "Einverstanden")
    await visitor.sees("neustadt", "Willkommen bei Themenbote, Neustadt!")
    await visitor.press("neustadt", "Thema vorschlagen")
    await visitor.sees("neustadt", "Welche Frage bringen Sie mit?")
    await visitor.say("neustadt", GUIDED)
    for label in ("Überspringen", "Nein", "Mit Namen: Neustadt"):
        await visitor.press("neustadt", label)
    await visitor.sees("neustadt", f"{GUIDED}\n\nVon Neustadt. Stand: vorgeschlagen.")
    await picture(visitor, "newcomer")


async def jump_to(visitor: Driver, person: str) -> None:
    """From wherever the focus is, back to the links at the top of the page, and by one of them to a person."""
    link = visitor.page.get_by_role("link", name=f"Zu {person} springen")
    for _ in range(80):
        if await link.evaluate("(one) => one === document.activeElement"):
            break
        await keys(visitor.page, "Shift+Tab")
    await expect(link).to_be_focused()
    await keys(visitor.page, "Enter")


async def press_by_keys(visitor: Driver, person: str, label: str) -> None:
    """From the text field to the last message and on to its button."""
    await expect(visitor.button(person, label)).to_be_visible()
    await keys(visitor.page, "ArrowUp")
    for _ in range(8):
        await keys(visitor.page, "Tab")
        if await visitor.button(person, label).evaluate("(one) => one === document.activeElement"):
            break
    await expect(visitor.button(person, label)).to_be_focused()
    await keys(visitor.page, "Enter")


async def test_without_a_mouse(visitor: Driver) -> None:
    page = visitor.page
    await keys(page, "Tab", "Enter")
    await expect(visitor.field("musterstadt")).to_be_focused()
    for line, answer in {
        "/thema": "Welche Frage bringen Sie mit?",
        GUIDED: "Worum geht es in Ihrer Praxis?",
        "überspringen": "Können Sie selbst etwas beitragen?",
        "4": "Soll Ihr Name beim Thema stehen?",
    }.items():
        await page.keyboard.type(line)
        await keys(page, "Enter")
        await visitor.sees("musterstadt", answer)
    await press_by_keys(visitor, "musterstadt", "Mit Namen")
    await visitor.sees("musterstadt", "Danke, Ihr Thema ist vorgeschlagen.")
    await keys(page, "Escape")
    await press_by_keys(visitor, "musterstadt", f"In „{ROOM}“ zeigen")

    await jump_to(visitor, "Musterdorf")
    await expect(visitor.column("musterdorf").get_by_role("tab", name=ROOM)).to_have_attribute("aria-selected", "true")
    await expect(card(visitor, "musterdorf", GUIDED)).to_be_visible()
    await press_by_keys(visitor, "musterdorf", "Unterstützen")
    await visitor.sees("musterdorf", "2 Personen unterstützen es")
    await keys(page, "Escape", "ArrowUp", "r")
    await page.keyboard.type("Das fragen wir uns auch.")
    await keys(page, "Enter")
    await expect(card(visitor, "musterdorf", GUIDED)).to_contain_text("ein Kommentar.")


async def read_through(visitor: Driver, person: str, lines: dict[str, str]) -> None:
    """Ask for things, and wait for an answer to each."""
    for line, answer in lines.items():
        await visitor.say(person, line)
        await visitor.sees(person, answer)


async def look_over(visitor: Driver, person: str, name: str) -> None:
    """Nothing sticks out, no text is faint, short buttons share their row."""
    await visitor.choose("musterstadt", "koordination", "verein", person)
    for chat in (DIRECT, ROOM):
        await visitor.turn_to(person, chat)
        await expect(visitor.column(person).locator(".keyboard").last).to_be_in_viewport()
        await picture(visitor, f"{name}-{'direct' if chat == DIRECT else 'room'}")
        assert await visitor.page.evaluate(SIDEWAYS) == []
        assert await visitor.page.evaluate(UNEVEN) == []
        assert await visitor.page.evaluate(FAINT) == []


async def test_cards_and_lists_look_well_everywhere(browser: Browser, visitor: Driver, programme: Process) -> None:
    german = {"/hilfe": "Das geht hier:", "/thema 1": "Von Musterstadt.", "/themen": "19 Themen"}
    english = {"/help": "This is possible here:", "/topic 1": "From Musterstadt.", "/topics": "19 topics"}
    await visitor.choose("musterdorf", "musterkreis")
    for person, lines in {"musterdorf": german, "musterkreis": english}.items():
        await visitor.turn_to(person, DIRECT)
        await read_through(visitor, person, lines)
    for language, person in {"de": "musterdorf", "en": "musterkreis"}.items():
        for scheme, size in product(("light", "dark"), (WIDE, PHONE)):
            async with visiting(browser, size, color_scheme=scheme, locale=language, has_touch=size == PHONE) as reader:
                await reader.open(programme.url)
                await look_over(reader, person, f"{size[0]}-{language}-{scheme}")
