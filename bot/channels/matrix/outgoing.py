"""What a message looks like as Matrix events: plain and formatted, both complete. Pure."""

import html
import re
from collections.abc import Sequence
from urllib.parse import unquote

from bot.channels.matrix.homeserver import Json
from domain.chat import Button, Html, Message
from domain.markup import plain

MARK = "org.themenbote.secret"
"""Marks our own message, inside its encryption, whose choices nobody else may see."""
BESIDE = "org.themenbote.beside"
"""In a text of ours: the event of the picture or file that goes with it. Written outside of the encryption too."""
FALLBACK = 200
"""Characters of an edited message that clients see which know no edits."""

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_MENTION = re.compile(r'href="https://matrix\.to/#/(@[^"/?]+)"')
_PREFORMATTED = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def text_content(message: Message, *, secret: bool = False) -> Json:
    """The content of ``m.room.message``; buttons are numbered lines below the text."""
    text = with_choices(message.text, message.buttons)
    content: Json = {
        "msgtype": "m.text",
        "body": readable(text),
        "format": "org.matrix.custom.html",
        "formatted_body": formatted(text),
        "m.mentions": mentions(text),
    }
    return content | ({MARK: True} if secret else {})


def with_choices(text: Html, buttons: Sequence[Button]) -> Html:
    """The text and, after an empty line, one numbered line for each button."""
    lines = [f"<b>{number}</b> {html.escape(button.label)}" for number, button in enumerate(buttons, 1)]
    return Html("\n\n".join(part for part in (text, "\n".join(lines)) if part))


def readable(text: Html) -> str:
    """The text without marks; where a link's words are not its address, that follows in brackets."""
    return plain(Html(_LINK.sub(_spelled_out, text)))


def _spelled_out(link: re.Match[str]) -> str:
    address, words = link.groups()
    return words if words == address else f"{words} ({address})"


def formatted(text: Html) -> str:
    """The text as clients show it: line ends become breaks, except where spaces count."""
    parts = _PREFORMATTED.split(text)
    return "".join(part if part.startswith("<pre>") else part.replace("\n", "<br>") for part in parts)


def mentions(text: Html) -> Json:
    """Whom the text means to call: those it links to. Nobody else is ever notified by a message of ours."""
    users = sorted({unquote(html.unescape(user)) for user in _MENTION.findall(text)})
    return {"user_ids": users} if users else {}


def answering(content: Json, message: str, thread: str) -> Json:
    """The content as an answer to ``message``, in its thread when it stands in one."""
    relation: Json = {"m.in_reply_to": {"event_id": message}}
    if thread:
        relation |= {"rel_type": "m.thread", "event_id": thread, "is_falling_back": False}
    return content | {"m.relates_to": relation}


def replacing(content: Json, original: str) -> Json:
    """The content as the new form of ``original``, complete; only clients without edits see the short form."""
    fallback = {"msgtype": content["msgtype"], "body": f"* {content['body'][:FALLBACK]}", "m.mentions": {}}
    relation = {"rel_type": "m.replace", "event_id": original}
    return fallback | {"m.new_content": content, "m.relates_to": relation}


def question(message: Message) -> str:
    """The first line of a message, as the question of its poll."""
    return next((line for line in readable(message.text).splitlines() if line.strip()), "?")
