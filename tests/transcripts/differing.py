"""What reads differently on every messenger, and the names under which transcripts know it."""

import re
from collections.abc import Callable

from bot.channel import Channel
from config.texts import Texts
from domain.commands import spelled
from domain.people import Form
from handlers.catalogue import catalogue
from handlers.votes.cards import KINDS

_CODE = "CODE"
_COMMANDS = {word for command in catalogue().commands for word in command.words}
_WRITTEN = {spelled(word): word for word in _COMMANDS if not word.isascii()}
_UMLAUTS = re.compile(rf"(?<!\w)/({'|'.join(_WRITTEN)})\b")
_SLASHED = re.compile(r"(?<![\w/<.:])/(\w+)")
_SIGN = re.compile(r"(?<![\w!])!(?=[a-zäöü])|(?<=[„“])!(?=[“”])")


def common_words(texts: Texts, channel: Channel) -> Callable[[str], str]:
    """Puts ``⟨Messenger⟩``, ``⟨Link CODE⟩``, ``/`` and the like for the messenger's own words."""
    known = [
        (texts.plain(language, form, key), name)
        for language in texts.languages
        for form in Form
        for key, name in (
            (f"people-channel-{channel.kind}", "⟨Zum Messenger⟩"),
            (f"votes-seen-{channel.kind if channel.kind in KINDS else 'local'}", "⟨Was der Messenger sieht⟩"),
            (f"common-messenger-{channel.kind}", "⟨Messenger⟩"),
        )
    ]
    before, _, after = channel.link(_CODE).partition(_CODE)
    known.sort(key=lambda pair: len(pair[0]), reverse=True)
    link = re.compile(rf"{re.escape(before)}([\w-]+){re.escape(after)}") if before else None

    def put(text: str) -> str:
        if link:
            text = link.sub(r"⟨Link \1⟩", text)
        for said, name in known:
            text = text.replace(said, name)
        if channel.kind == "telegram":
            return _UMLAUTS.sub(lambda found: f"/{_WRITTEN[found[1]]}", text)
        if channel.kind != "matrix":
            return text
        # Element takes for itself what begins with a slash.
        slashed = _COMMANDS & set(_SLASHED.findall(text))
        assert not slashed, f"{slashed} cannot be typed on Matrix: {text}"
        return _SIGN.sub("/", text)

    return put
