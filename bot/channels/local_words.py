"""The words of the page itself, handed to it as one table per language."""

from collections.abc import Callable, Mapping

from config.texts import Texts

Words = Callable[[str], Mapping[str, str]]
"""All words of the page in a language ("de", "en"), by key; values are filled in by the page, at ``{name}``."""

# fmt: off
KEYS: dict[str, tuple[str, ...]] = {
    "page-title": (),
    "page-assistant": (),
    "page-noscript": (),
    "page-you": (),
    "page-chooser": (),
    "page-chooser-one": (),
    "page-skip": ("name",),
    "page-people": (),
    "page-help": (),
    "page-dark": (),
    "page-light": (),
    "page-close": (),
    "page-cancel": (),
    "page-lost": (),
    "page-back": (),
    "page-role-officer": (),
    "page-role-partner": (),
    "page-role-coordination": (),
    "page-role-newcomer": (),
    "page-chats": ("name",),
    "page-log": ("chat", "name"),
    "page-unread-one": ("count",),
    "page-unread-other": ("count",),
    "page-news": ("name", "chat", "unread"),
    "page-more": (),
    "page-more-for": ("chat",),
    "page-leave-room": (),
    "page-leave-direct": (),
    "page-join": (),
    "page-begin": (),
    "page-begin-again": (),
    "page-gate-new-direct": (),
    "page-gate-left-direct": (),
    "page-gate-left-room": (),
    "page-empty-direct": (),
    "page-empty-room": (),
    "page-older": (),
    "page-older-done-one": ("count",),
    "page-older-done-other": ("count",),
    "page-newest": (),
    "page-reply": (),
    "page-reply-to": ("name",),
    "page-edit": (),
    "page-quote": ("name", "text"),
    "page-older-message": (),
    "page-edited": (),
    "page-sending": (),
    "page-attach": (),
    "page-uploading": ("name",),
    "page-error-upload": ("name",),
    "page-error-large": ("most",),
    "page-waiting": (),
    "page-delayed": (),
    "page-taken": (),
    "page-buttons": (),
    "page-picture": ("name",),
    "page-file": ("name",),
    "page-event-opened-you": (),
    "page-event-left-you": (),
    "page-event-left": ("name",),
    "page-event-joined-you": (),
    "page-event-joined": ("name",),
    "page-write": (),
    "page-compose": ("chat",),
    "page-keys": (),
    "page-send": (),
    "page-save": (),
    "page-replying": ("name",),
    "page-editing": (),
    "page-cancel-reply": (),
    "page-cancel-edit": (),
    "page-error-malformed": (),
    "page-error-long": ("count", "most"),
    "page-error-unknown": (),
    "page-error-absent": (),
    "page-error-foreign": (),
    "page-error-unstored": (),
    "page-start-title": (),
    "page-start-text": (),
    "page-start-go": (),
    "page-help-title": (),
    "page-help-intro": (),
    "page-help-1": (),
    "page-help-2": (),
    "page-help-3": (),
    "page-help-4": (),
    "page-help-5": (),
    "page-help-6": (),
    "page-help-keys": (),
    "page-help-key-enter": (),
    "page-help-key-enter-does": (),
    "page-help-key-newline": (),
    "page-help-key-newline-does": (),
    "page-help-key-up": (),
    "page-help-key-up-does": (),
    "page-help-key-tab": (),
    "page-help-key-tab-does": (),
    "page-help-key-letters": (),
    "page-help-key-letters-does": (),
    "page-help-key-escape": (),
    "page-help-key-escape-does": (),
}
# fmt: on


def words(texts: Texts) -> Words:
    """Reads the table from the texts, leaving places such as ``{count}`` where the page puts a value."""

    def table(language: str) -> dict[str, str]:
        return {
            key: texts.plain(language, "sie", key, **{name: f"{{{name}}}" for name in names})
            for key, names in KEYS.items()
        }

    return table
