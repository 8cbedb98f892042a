"""What our messages look like as events: message in, content out."""

import pytest

from bot.channels.matrix import polls
from bot.channels.matrix.media import picture_size
from bot.channels.matrix.outgoing import MARK, answering, question, replacing, text_content
from bot.channels.matrix.reactions import KEYS, choice, reaction
from domain.chat import Html, Message
from tests.channels.matrix.bots import PIXEL, button
from tests.channels.matrix.events import Json, event

HTML = "org.matrix.custom.html"


def content(body: str, formatted: str, **more: object) -> Json:
    plain = {"msgtype": "m.text", "body": body, "format": HTML, "formatted_body": formatted, "m.mentions": {}}
    return plain | more


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (Message(Html("Guten Tag")), content("Guten Tag", "Guten Tag")),
        (
            Message(Html("<b>Thema</b>\n&lt;b&gt; &amp; ü")),
            content("Thema\n<b> & ü", "<b>Thema</b><br>&lt;b&gt; &amp; ü"),
        ),
        (
            Message(Html('<a href="https://musterstadt.example/a?b=1&amp;c=2">Programm</a>')),
            content(
                "Programm (https://musterstadt.example/a?b=1&c=2)",
                '<a href="https://musterstadt.example/a?b=1&amp;c=2">Programm</a>',
            ),
        ),
        (
            Message(Html('<a href="https://musterstadt.example">https://musterstadt.example</a>')),
            content(
                "https://musterstadt.example", '<a href="https://musterstadt.example">https://musterstadt.example</a>'
            ),
        ),
        (Message(Html("a\n<pre>b\nc</pre>\nd")), content("a\nb\nc\nd", "a<br><pre>b\nc</pre><br>d")),
        (
            Message(Html("Thema 3"), ((button("Unterstützen"), button("<Mehr>")), (button("Zurück"),))),
            content(
                "Thema 3\n\n1 Unterstützen\n2 <Mehr>\n3 Zurück",
                "Thema 3<br><br><b>1</b> Unterstützen<br><b>2</b> &lt;Mehr&gt;<br><b>3</b> Zurück",
            ),
        ),
        (Message(Html(""), ((button("Ja"),),)), content("1 Ja", "<b>1</b> Ja")),
    ],
)
def test_a_message(message: Message, shown: Json) -> None:
    assert text_content(message) == shown


def test_only_those_a_message_links_to_are_called() -> None:
    text = Html('@room @musterstadt:example <a href="https://matrix.to/#/@musterkreis%3Aexample">Musterkreis</a>')
    assert text_content(Message(text))["m.mentions"] == {"user_ids": ["@musterkreis:example"]}


def test_a_secret_message_is_marked() -> None:
    assert text_content(Message(Html("x")), secret=True)[MARK] is True


def test_an_answer_in_and_outside_of_a_thread() -> None:
    assert answering({"body": "x"}, "$a", "")["m.relates_to"] == {"m.in_reply_to": {"event_id": "$a"}}
    assert answering({"body": "x"}, "$a", "$root")["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": False,
        "m.in_reply_to": {"event_id": "$a"},
    }


def test_an_edit_is_complete_and_its_short_form_short() -> None:
    new = text_content(Message(Html("x" * 4000)))
    edit = replacing(new, "$card")
    assert edit["m.new_content"] == new
    assert len(edit["body"]) < 300
    assert edit["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$card"}
    assert edit["m.mentions"] == {}


def test_reactions_stand_for_the_first_ten_choices() -> None:
    assert [choice(key) for key in KEYS] == list(range(10))
    assert reaction("$card", 1) == {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$card", "key": "2️⃣"}}
    assert choice("👍") is choice(None) is choice([]) is None


def test_a_poll_has_the_unstable_names_clients_know() -> None:
    made = polls.poll("Wann?", [(0, "Montag"), (2, "Dienstag")], 2)
    assert made == {
        "org.matrix.msc3381.poll.start": {
            "question": {"org.matrix.msc1767.text": "Wann?"},
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": 2,
            "answers": [
                {"id": "0", "org.matrix.msc1767.text": "Montag"},
                {"id": "2", "org.matrix.msc1767.text": "Dienstag"},
            ],
        },
        "org.matrix.msc1767.text": "Wann?\n1 Montag\n3 Dienstag",
        "m.mentions": {},
    }


VOTE = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$poll"}}
UNSTABLE, STABLE = "org.matrix.msc3381.poll.response", "m.poll.response"


@pytest.mark.parametrize(
    ("kind", "given", "meant"),
    [
        (UNSTABLE, VOTE | {UNSTABLE: {"answers": ["1"]}}, ("$poll", (1,))),
        (STABLE, VOTE | {"m.selections": ["1", "0", "1"]}, ("$poll", (1, 0))),
        (UNSTABLE, VOTE | {UNSTABLE: {"answers": []}}, ("$poll", ())),
        (UNSTABLE, VOTE | {UNSTABLE: {"answers": ["x"]}}, None),
        (UNSTABLE, VOTE | {UNSTABLE: {"answers": ["1"] * 21}}, None),
        (UNSTABLE, VOTE | {UNSTABLE: {"answers": [1]}}, None),
        (UNSTABLE, VOTE | {UNSTABLE: {"answers": "1"}}, None),
        (UNSTABLE, VOTE | {UNSTABLE: []}, None),
        (UNSTABLE, {UNSTABLE: {"answers": ["1"]}}, None),
        (UNSTABLE, {"m.relates_to": {"rel_type": "m.reference"}, UNSTABLE: {"answers": ["1"]}}, None),
        (UNSTABLE, {"m.relates_to": "x", UNSTABLE: {"answers": ["1"]}}, None),
        ("m.room.message", VOTE | {UNSTABLE: {"answers": ["1"]}}, None),
    ],
)
def test_a_vote(kind: str, given: Json, meant: object) -> None:
    assert polls.response(event(kind, given)) == meant


def test_the_question_of_a_poll_is_the_first_line() -> None:
    assert question(Message(Html("\n<b>Wann?</b>\nBitte wählen"))) == "Wann?"
    assert question(Message(Html(""))) == "?"


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080102030401011100ffd9")


@pytest.mark.parametrize(
    ("data", "size"),
    [(PIXEL, (2, 3)), (JPEG, (772, 258)), (JPEG[:22], None), (b"\xff\xd8", None), (PIXEL[:20], None), (b"", None)],
)
def test_the_size_of_a_picture(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size
