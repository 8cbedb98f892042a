"""The channel in two tables: what the page sends becomes an arrival, what goes out becomes a frame."""

from pathlib import Path
from typing import Any

import pytest

from domain.chat import (
    Address,
    Attachment,
    Edited,
    Html,
    Incoming,
    Left,
    Message,
    Opened,
    Outgoing,
    Pressed,
    Said,
    Sender,
    keyboard_from_json,
)
from tests.channels.local.running import DIRECT, NOW, ROOM, Seat, message, running

MUSTERSTADT = Sender("musterstadt", "Musterstadt", "de")
NEUSTADT = Sender("neustadt", "Neustadt", "de")
CARD = message("Karte", "Ja", "Nein", to=ROOM)


# In every frame and arrival "CARD" stands for the id of the card that is shown in the room, "OWN" for the id of the
# message the arrival is about, as the page shows it.
ARRIVALS: dict[str, tuple[dict[str, Any], Incoming]] = {
    "a message to the assistant": (
        {"type": "say", "person": "musterstadt", "chat": "musterstadt", "client": "c1", "text": "/themen"},
        Said(id="", at=NOW, sender=MUSTERSTADT, address=DIRECT, message="OWN", text="/themen"),
    ),
    "a message in the room, markup and all": (
        {"type": "say", "person": "musterstadt", "chat": "runde", "client": "c1", "text": "<b>1 & 2</b>\r\n\u200b\x00"},
        Said(id="", at=NOW, sender=MUSTERSTADT, address=ROOM, message="OWN", text="<b>1 & 2</b>\n\u200b"),
    ),
    "a reply to a card": (
        {"type": "say", "person": "musterstadt", "chat": "runde", "client": "c1", "text": "+1", "reply_to": "CARD"},
        Said(id="", at=NOW, sender=MUSTERSTADT, address=ROOM, message="OWN", text="+1", reply_to="CARD"),
    ),
    "a reply to nothing known": (
        {"type": "say", "person": "musterstadt", "chat": "runde", "client": "c1", "text": "+1", "reply_to": "7"},
        Said(id="", at=NOW, sender=MUSTERSTADT, address=ROOM, message="OWN", text="+1"),
    ),
    "a press": (
        {"type": "press", "person": "musterstadt", "chat": "runde", "client": "c1", "message": "CARD"}
        | {"token": "41", "index": 1},
        Pressed(id="", at=NOW, sender=MUSTERSTADT, address=ROOM, message="CARD", index=1, row=41),
    ),
    "a press with a forged row": (
        {"type": "press", "person": "musterstadt", "chat": "runde", "client": "c1", "message": "CARD"}
        | {"token": "999", "index": 7},
        Pressed(id="", at=NOW, sender=MUSTERSTADT, address=ROOM, message="CARD", index=7, row=999),
    ),
    "opening the direct chat": (
        {"type": "open", "person": "neustadt", "chat": "neustadt", "client": "c1"},
        Opened(id="", at=NOW, sender=NEUSTADT, address=Address("local", "neustadt", private=True)),
    ),
    "opening it by a link": (
        {"type": "open", "person": "neustadt", "chat": "neustadt", "client": "c1", "payload": "join-AB12"},
        Opened(id="", at=NOW, sender=NEUSTADT, address=Address("local", "neustadt", private=True), payload="join-AB12"),
    ),
    "leaving the room": (
        {"type": "leave", "person": "musterstadt", "chat": "runde", "client": "c1"},
        Left(id="", at=NOW, sender=MUSTERSTADT, address=ROOM),
    ),
    "shutting the assistant out": (
        {"type": "leave", "person": "musterstadt", "chat": "musterstadt", "client": "c1"},
        Left(id="", at=NOW, sender=MUSTERSTADT, address=DIRECT),
    ),
}


def named(arrival: Incoming, card: str, own: str) -> Incoming:
    """The arrival with the ids that only the test table knows by name."""
    names = {own: "OWN", card: "CARD"}
    values = {field: getattr(arrival, field) for field in arrival.__dataclass_fields__}
    values |= {field: names[value] for field, value in values.items() if isinstance(value, str) and value in names}
    return type(arrival)(**(values | {"id": ""}))


@pytest.mark.parametrize("name", ARRIVALS)
async def test_what_the_page_sends_becomes_an_arrival(tmp_path: Path, name: str) -> None:
    frame, expected = ARRIVALS[name]
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        card = await page.channel.send(CARD, "41", None)
        tab = await page.tab()
        await tab.ask(**{"type_" if key == "type" else key: card if v == "CARD" else v for key, v in frame.items()})
        await tab.until("receipt", client="c1")
        shown = [heard["message"]["id"] for heard in tab.heard if heard["type"] == "message"]
    assert [named(arrival, card, shown[0]) for arrival in seat.arrivals] == [expected]


async def test_an_edited_message_becomes_an_arrival(tmp_path: Path) -> None:
    seat = Seat()
    async with running(tmp_path) as page:
        page.listen(seat.receive)
        tab = await page.tab()
        await tab.act("say", "musterstadt", "musterstadt", text="Tema")
        own = tab.heard[0]["message"]["id"]
        client = await tab.act("edit", "musterstadt", "musterstadt", message=own, text="Thema")
        await tab.until("receipt", client=client)
    said, edited = seat.arrivals
    assert said.id != edited.id
    assert edited == Edited(id=edited.id, at=NOW, sender=MUSTERSTADT, address=DIRECT, message=own, text="Thema")


KEYBOARD = keyboard_from_json([[["Ja", "votes.cast", [3, 1], "ja"], ["Nein", "votes.cast", [3, 2], "nein"]]])
CHART = Attachment("stand.svg", "image/svg+xml", "chart", (3,), "Ja 4, Nein 1")
AGENDA = Attachment("Tagung „Herbst“.ics", "text/calendar", "agenda")

FRAMES: dict[str, tuple[Outgoing, dict[str, Any]]] = {
    "a text": (
        message("Guten <b>Tag</b> &amp; willkommen"),
        {"chat": "musterstadt", "text": "Guten <b>Tag</b> &amp; willkommen"},
    ),
    "a card": (
        Outgoing(to=ROOM, content=Message(Html("Ja?"), KEYBOARD)),
        {"chat": "runde", "text": "Ja?", "keyboard": [["Ja", "Nein"]]},
    ),
    "a picture with its words": (
        message("Der Stand", file=CHART),
        {"text": "Der Stand", "file": {"name": "stand.svg", "alt": "Ja 4, Nein 1", "picture": True}},
    ),
    "a file": (
        message("Der Plan", file=AGENDA),
        {"text": "Der Plan", "file": {"name": "Tagung „Herbst“.ics", "alt": "", "picture": False}},
    ),
}
PLAIN: dict[str, Any] = {
    "author": "",
    "kind": "text",
    "token": "41",
    "keyboard": [],
    "reply": None,
    "file": None,
    "edited": False,
}


@pytest.mark.parametrize("name", FRAMES)
async def test_what_goes_out_becomes_a_frame(tmp_path: Path, name: str) -> None:
    outgoing, expected = FRAMES[name]
    async with running(tmp_path) as page:
        tab = await page.tab()
        place = await page.channel.send(outgoing, "41", None)
        shown = (await tab.until("message"))["message"]
    if shown["file"]:
        assert len(shown["file"].pop("id")) > 16
    common = PLAIN | {"chat": "musterstadt", "id": place, "rev": 1, "at": NOW.isoformat(), "waiting": False}
    assert shown == common | expected


async def test_an_answer_quotes_what_it_answers(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        tab = await page.tab()
        card = await page.channel.send(message("<b>Sprachcafé</b>\n&amp; Tee"), "1", None)
        await page.channel.send(Outgoing(to=DIRECT, content=Message(Html("Danke")), reply_to=card), "2", None)
        await tab.until("message")
        quote = (await tab.until("message"))["message"]["reply"]
    assert quote == {"id": card, "author": "", "text": "Sprachcafé & Tee"}
