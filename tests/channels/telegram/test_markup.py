"""HTML and keyboards under Telegram's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.markup import LABEL_CHARACTERS, MOST_BUTTONS, ROW_BUTTONS, keyboard, telegram_html
from domain.chat import Action, Button, Html, Keyboard
from domain.markup import plain, split
from tests.telegram.markup import parse

HTML = {
    "plain": ("Wie erreichen wir Eltern?", "Wie erreichen wir Eltern?"),
    "our subset": (
        '<b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code> <pre>f</pre> <blockquote>g</blockquote> <a href="https://x.org/?a=1&amp;b=2">h</a>',
        '<b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code> <pre>f</pre> <blockquote>g</blockquote> <a href="https://x.org/?a=1&amp;b=2">h</a>',
    ),
    "escaped values": ("&lt;b&gt; &amp; &quot;x&quot; &#x27;y&#39;", "&lt;b&gt; &amp; &quot;x&quot; &#x27;y&#39;"),
    "names Telegram does not know": ("a&nbsp;b &auml; &LT; &foo;", "a\xa0b ä &lt; &amp;foo;"),
    "bare signs": ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    "bare signs within tags": ("<b>1 < 2 & 3</b>", "<b>1 &lt; 2 &amp; 3</b>"),
    "unknown tags": ("<h1>a</h1><span class='x'>b</span><br>", "ab"),
    "attributes": ('<b class="x">a</b>', "<b>a</b>"),
    "links elsewhere": ('<a href="javascript:alert(1)">a</a> <a>b</a>', "a b"),
    "open at the end": ("<b>a<i>b", "<b>a<i>b</i></b>"),
    "crossed": ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c"),
    "closed and never opened": ("a</b>", "a"),
    "within verbatim text": ("<pre>a<b>b</b></pre>", "<pre>ab</pre>"),
    "within itself": ("<b>a<b>b</b>", "<b>ab</b>"),
    "capitals": ("<B>a</B>", "<b>a</b>"),
    "a comment": ("<!-- x -->", "&lt;!-- x --&gt;"),
}


@pytest.mark.parametrize(("ours", "theirs"), HTML.values(), ids=HTML)
def test_html(ours: str, theirs: str) -> None:
    assert telegram_html(Html(ours)) == theirs
    parse(theirs, "HTML", None)


_PIECES = ["<b>", "</b>", "<i>", "</i>", '<a href="https://x.org/">', "</a>", "<pre>", "</pre>", "<", ">", "&", "&amp;"]
_PIECES += ["&nbsp;", "&#228;", "</", "<x y>", " ", "\n", "\n\n", "Wort", "😀", "ä"]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_no_text_can_be_refused(text: str) -> None:
    shown = telegram_html(Html(text))
    parse(shown, "HTML", None)
    assert telegram_html(shown) == shown
    for part in split(shown, 20):
        parse(part, "HTML", None)


def test_words_stay() -> None:
    assert plain(telegram_html(Html("<h1>Wie</h1> <b>5 &lt; 6</b> &amp; mehr"))) == "Wie 5 < 6 & mehr"


def rows(*labels: str) -> Keyboard:
    return (tuple(Button(label, Action("x"), say="") for label in labels),)


def labels(shown: list[list[dict[str, str]]]) -> list[list[str]]:
    return [[button["text"] for button in row] for row in shown]


KEYBOARDS: dict[str, tuple[Keyboard, list[list[str]]]] = {
    "none": ((), []),
    "an empty row": (((),), []),
    "a row that fits": (rows("Ja", "Nein", "Vielleicht"), [["Ja", "Nein", "Vielleicht"]]),
    "rows stay apart": ((*rows("Ja"), *rows("Nein")), [["Ja"], ["Nein"]]),
    "long labels stand alone": (
        rows("Unterstützen", "Kann beitragen", "Kommentieren und ergänzen"),
        [["Unterstützen", "Kann beitragen"], ["Kommentieren und ergänzen"]],
    ),
    "buttons of a row are equally wide": (rows("Zustimmung verweigern", "Ja"), [["Zustimmung verweigern"], ["Ja"]]),
    "eleven numbers": (
        rows(*map(str, range(11))),
        [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]],
    ),
    "nine of the length": (rows(*"abcdefghi"), [["a", "b", "c", "d", "e"], ["f", "g", "h", "i"]]),
    "even rows that would not fit": (rows(*"abcdef", "x" * 29), [list("abcdef"), ["x" * 29]]),
    "more than a hundred": (
        rows(*map(str, range(200))),
        [[str(row * 8 + n) for n in range(8)] for row in range(12)] + [["96", "97", "98", "99"]],
    ),
    "a label too long": (rows("x" * 65), [["x" * 63 + "…"]]),
    "a label of the length": (rows("x" * 64), [["x" * 64]]),
    "a label of nothing": (rows("  "), [["…"]]),
}


@pytest.mark.parametrize(("ours", "theirs"), KEYBOARDS.values(), ids=KEYBOARDS)
def test_rows(ours: Keyboard, theirs: list[list[str]]) -> None:
    assert labels(keyboard(ours, "1")) == theirs


def test_a_button_says_row_and_index() -> None:
    shown = keyboard((*rows("a" * 20, "b" * 20), *rows("c")), "4711")
    assert [[button["callback_data"] for button in row] for row in shown] == [["4711:0"], ["4711:1"], ["4711:2"]]


_BUTTONS = st.builds(Button, st.text(max_size=80), st.just(Action("x")), st.text(max_size=10))


@given(st.lists(st.lists(_BUTTONS, max_size=40).map(tuple), max_size=8).map(tuple), st.integers(0, 2**63 - 1))
def test_every_keyboard_is_permitted(ours: Keyboard, row: int) -> None:
    shown = keyboard(ours, str(row))
    buttons = [button for shown_row in shown for button in shown_row]
    assert [button["callback_data"] for button in buttons] == [f"{row}:{n}" for n in range(len(buttons))]
    assert len(buttons) == min(sum(map(len, ours)), MOST_BUTTONS)
    assert all(1 <= len(shown_row) <= ROW_BUTTONS for shown_row in shown)
    assert all(1 <= len(button["text"]) <= LABEL_CHARACTERS for button in buttons)
    assert all(len(button["callback_data"].encode()) <= 64 for button in buttons)
