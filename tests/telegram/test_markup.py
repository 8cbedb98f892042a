"""The HTML of messages, told apart as strictly as the official description puts it."""

from contextlib import suppress

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram.markup import clean, detected, parse, to_html
from tests.telegram.refusals import ApiError

GOOD = {
    "a &lt;b&gt; &amp; &quot;c&quot;": ('a <b> & "c"', []),
    "&#228;&#xE4;": ("ää", []),
    "<b>x</b>y": ("xy", [("bold", 0, 1)]),
    "<strong>x</strong>": ("x", [("bold", 0, 1)]),
    "<i>x</i><em>y</em>": ("xy", [("italic", 0, 1), ("italic", 1, 1)]),
    "<u>x</u><ins>y</ins>": ("xy", [("underline", 0, 1), ("underline", 1, 1)]),
    "<s>x</s><strike>y</strike><del>z</del>": (
        "xyz",
        [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
    ),
    '<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>': ("xy", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    "<code>x</code>": ("x", [("code", 0, 1)]),
    "<pre>x</pre>": ("x", [("pre", 0, 1)]),
    '<pre><code class="language-python">x</code></pre>': ("x", [("pre", 0, 1)]),
    "<blockquote>x</blockquote>": ("x", [("blockquote", 0, 1)]),
    "<blockquote expandable>x</blockquote>": ("x", [("expandable_blockquote", 0, 1)]),
    '<a href="https://example.org/?a=1&amp;b=2">x</a>': ("x", [("text_link", 0, 1)]),
    "<a href='tg://user?id=7'>x</a>": ("x", [("text_link", 0, 1)]),
    "<B>x</b >": ("x", [("bold", 0, 1)]),
    "<b>a<i>b</i>c</b>": ("abc", [("bold", 0, 3), ("italic", 1, 1)]),
    "<b></b>x": ("x", []),
    "🙂<b>🙂</b>": ("🙂🙂", [("bold", 2, 2)]),
    " \n<b>x</b>\n ": ("x", [("bold", 0, 1)]),
    "<b> x </b>": ("x", [("bold", 0, 1)]),
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>': ("👍", [("custom_emoji", 0, 2)]),
    '<tg-time unix="1647531900" format="wDT">22:45</tg-time>': ("22:45", [("date_time", 0, 5)]),
    "<blockquote><b>x</b></blockquote>": ("x", [("blockquote", 0, 1), ("bold", 0, 1)]),
}


@pytest.mark.parametrize(("html", "expected"), GOOD.items(), ids=GOOD)
def test_what_telegram_understands(html: str, expected: tuple[str, list[tuple[str, int, int]]]) -> None:
    text, entities = parse(html, "HTML")
    assert (text, [(one["type"], one["offset"], one["length"]) for one in entities]) == expected


BAD = {
    "<b>x": 'can\'t find end tag corresponding to start tag "b"',
    "x</b>": "unexpected end tag at byte offset 1",
    "<b>x</i>": 'unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    "<b><i>x</b></i>": 'unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "ä<p>x</p>": 'unsupported start tag "p" at byte offset 2',
    "x<br/>y": 'unsupported start tag "br/"',
    "<ul><li>x</li></ul>": 'unsupported start tag "ul"',
    "<h1>x</h1>": 'unsupported start tag "h1"',
    "1 < 2 > 0": 'unsupported start tag ""',
    "1 < 2": "unclosed start tag at byte offset 2",
    "<b": "unclosed start tag",
    "a & b": "character '&' must be written",
    "a > b": "character '>' must be written",
    "&nbsp;": "character '&' must be written",
    "&copy;": "character '&' must be written",
    "&apos;": "character '&' must be written",
    "<a href='javascript:x'>x</a>": "is no link",
    "<a>x</a>": "is no link",
    "<a href='https://t.me/themen_bot?start=a.b'>x</a>": "start parameter",
    '<a href="https://a.de"><a href="https://b.de">x</a></a>': "link within a link",
    "<a href='https://a.de' target='_blank'>x</a>": "has no attribute ['target']",
    "<b class='x'>x</b>": "has no attribute ['class']",
    "<span>x</span>": 'must have class "tg-spoiler"',
    "<span class='red'>x</span>": 'must have class "tg-spoiler"',
    "<blockquote>a<blockquote>b</blockquote></blockquote>": "blockquote within blockquote",
    "<code><b>x</b></code>": 'tag "b" within verbatim text',
    "<pre><i>x</i></pre>": 'tag "i" within verbatim text',
    "<tg-emoji>x</tg-emoji>": "'' is no number",
    "<tg-time unix='soon'>x</tg-time>": "'soon' is no number",
    "<code><code>x</code></code>": 'tag "code" within verbatim text',
}


@pytest.mark.parametrize(("html", "problem"), BAD.items(), ids=BAD)
def test_what_telegram_refuses_or_would_show_wrongly(html: str, problem: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse(html, "HTML")
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert problem in refused.value.description
    assert refused.value.violation


SPELLINGS = [
    ("<strong>a<em>b</em></strong>", "<b>a<i>b</i></b>"),
    ("<del>a</del> &#60; <ins>b</ins>", "<s>a</s> &lt; <u>b</u>"),
    ('<a href="https://e.org/?a=1&amp;b=2">x</a>', '<a href="https://e.org/?a=1&amp;b=2">x</a>'),
    ("🙂<code>🙂</code>🙂", "🙂<code>🙂</code>🙂"),
    ("<b><i>x</i></b>", "<b><i>x</i></b>"),
    ("<i><b>x</b></i>", "<b><i>x</i></b>"),
    ("<blockquote expandable>x</blockquote>", "<blockquote expandable>x</blockquote>"),
    ("<pre>x &lt; y</pre>", "<pre>x &lt; y</pre>"),
    ("<tg-spoiler>x</tg-spoiler>", "<tg-spoiler>x</tg-spoiler>"),
]


@pytest.mark.parametrize(("html", "shown"), SPELLINGS)
def test_what_is_shown_has_one_spelling(html: str, shown: str) -> None:
    assert to_html(*parse(html, "HTML")) == shown
    assert to_html(*parse(shown, "HTML")) == shown


def _wrapped(tag: str, parts: list[str]) -> str:
    return f"<{tag}>{''.join(parts)}</{tag}>"


HTML = st.recursive(
    st.text("ab<&>🙂 ", min_size=1).map(lambda text: to_html(text, [])),
    lambda inner: st.builds(_wrapped, st.sampled_from("bisu"), st.lists(inner, max_size=4)),
)


@given(HTML)
def test_what_is_shown_can_be_sent_again(html: str) -> None:
    first = parse(html, "HTML")
    assert parse(to_html(*first), "HTML") == first


@given(st.text("<>/&;#x1 ab=\"'🙂\n", max_size=30))
def test_anything_is_either_understood_or_refused(text: str) -> None:
    with suppress(ApiError):
        plain, entities = parse(text, "HTML")
        assert parse(to_html(plain, entities), "HTML") == (plain, entities)


def test_entities_given_instead_of_html_move_with_the_text() -> None:
    text, entities = parse("  ab", entities=[{"type": "bold", "offset": 1, "length": 2}])
    assert (text, entities) == ("ab", [{"type": "bold", "offset": 0, "length": 1}])


def test_characters_that_would_turn_or_cover_the_line_are_taken_out() -> None:
    assert clean("a\u202eb\tc\rd\x00e\u2028") == "ab cd e"


TYPED = "/hilfe@themen_bot an @koordination: https://example.org/a, post@example.org #wie 🙂 /x /räume a/b"


def test_what_telegram_finds_in_what_people_type() -> None:
    message = telegram.Message.de_json(
        {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": TYPED, "entities": detected(TYPED)}
    )
    assert [(entity.type, text) for entity, text in message.parse_entities().items()] == [
        ("bot_command", "/hilfe@themen_bot"),
        ("mention", "@koordination"),
        ("url", "https://example.org/a"),
        ("email", "post@example.org"),
        ("hashtag", "#wie"),
        ("bot_command", "/x"),
    ]
