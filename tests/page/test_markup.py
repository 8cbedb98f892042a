"""The page builds messages from permitted marks only."""

import pytest

from tests.page.driver import Driver

pytestmark = pytest.mark.asyncio(loop_scope="session")

RENDER = """async (html) => {
  const { rendered } = await import("/local/page/markup.js");
  const place = document.createElement("div");
  place.append(rendered(html));
  return [place.textContent, [...place.querySelectorAll("*")].map((one) => one.outerHTML.match(/^<[^>]*>/)[0])];
}"""

CASES: list[tuple[str, str, list[str]]] = [
    ("Guten <b>Tag</b>", "Guten Tag", ["<b>"]),
    ("<b>a<i>b</i></b>c", "abc", ["<b>", "<i>"]),
    ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;x&quot; &#39;y&#39; &#x27;z&#x27;", "1 < 2 && 3 > 2 \"x\" 'y' 'z'", []),
    ("&amp;lt;b&amp;gt;", "&lt;b&gt;", []),
    ("&#0; &#9999999; &unknown;", "&#0; &#9999999; &unknown;", []),
    ("<pre>a\n b</pre><code>c</code>", "a\n bc", ["<pre>", "<code>"]),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", []),
    ('<b onclick="x()">a</b>', '<b onclick="x()">a</b>', []),
    ("<img src=x onerror=x()>", "<img src=x onerror=x()>", []),
    ("<b>offen", "offen", ["<b>"]),
    ("zu</b>", "zu</b>", []),
    ("<i>a</b></i>", "a</b>", ["<i>"]),
    (
        '<a href="https://example.org/?a=1&amp;b=2">x</a>',
        "x",
        ['<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'],
    ),
    ('<a href="javascript:alert(1)">x</a>', "x", ["<span>"]),
    ('<a href="&#106;avascript:alert(1)">x</a>', "x", ["<span>"]),
    ('<a href="//example.org">x</a>', "x", ["<span>"]),
    ("<a>x</a>", "x", ["<span>"]),
]


async def test_what_a_message_becomes(visitor: Driver) -> None:
    shown = {html: await visitor.page.evaluate(RENDER, html) for html, _, _ in CASES}
    assert shown == {html: [text, elements] for html, text, elements in CASES}
