"""The emulator steered over HTTP, for tests whose emulator is a process of its own: ``POST /control/<verb>`` with JSON.

People are named by their id, bots by their username, groups by ``chat``; ``person`` with ``bot`` is their direct chat.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.telegram.accounts import Bot
from tests.telegram.chats import Chat
from tests.telegram.emulator import Emulator
from tests.telegram.flood import Limits
from tests.telegram.listening import as_json
from tests.telegram.messages import Message
from tests.telegram.people import Person
from tests.telegram.refusals import Json
from tests.telegram.waiting import PATIENCE
from tests.telegram.world import Press

Verb = Callable[[Json], Any]


def _seen(message: Message) -> Json:
    """A message as a person sees it."""
    shown = {name: getattr(message, name) for name in ("id", "text", "caption", "html", "rows", "edits", "silent")}
    return shown | {
        "from": message.sender.id,
        "by_bot": message.sender.is_bot,
        "reply_to": message.reply_to.id if message.reply_to else 0,
        "file": message.content.file.name if message.content.file else "",
        "service": message.content.service,
    }


def _answered(press: Press) -> Json:
    return {"id": press.id, "answers": press.answers, "text": press.text, "alert": press.alert, "url": press.url}


class Control:
    """The verbs. Each takes the JSON object that was sent; what it returns is the answer."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._world = emulator.world
        self._verbs: dict[str, Verb] = {**self._making(), **self._doing(), **self._looking(), **self._spoiling()}
        self._waiting: dict[str, Callable[..., Awaitable[Any]]] = {
            "stop": emulator.stop,
            "resume": emulator.start,
            "settled": emulator.settled,
            "wait": self._wait,
        }

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Carry out one verb, or several as a list under ``batch``; what cannot be done is a 400 that says why."""
        verb = request.path.rpartition("/")[2]
        try:
            return as_json(await self._carry_out(verb, await request.json()))
        except (AttributeError, LookupError, TypeError, ValueError, TimeoutError) as error:
            return as_json({"error": f"{type(error).__name__}: {error}"}, 400)

    async def _carry_out(self, verb: str, arguments: Any) -> Any:
        if verb == "batch":
            return [await self._carry_out(one, its) for one, its in arguments]
        if verb in self._waiting:
            return await self._waiting[verb](**arguments)
        return self._verbs[verb](arguments)

    def _making(self) -> dict[str, Verb]:
        def bot(a: Json) -> Json:
            made = self._emulator.bot(a["username"], token=a.get("token", ""), privacy=a.get("privacy", True))
            return {"id": made.id, "token": made.token}

        def group(a: Json) -> Json:
            others = [*map(self._member, a.get("people", [])), *map(self._named, a.get("bots", []))]
            kind, forum = a.get("kind", "group"), a.get("forum", False)
            return {
                "id": self._emulator.group(a["title"], self._member(a["owner"]), *others, kind=kind, forum=forum).id
            }

        return {
            "bot": bot,
            "person": lambda a: {"id": self._emulator.person(a["name"], language=a.get("language", "de")).id},
            "group": group,
        }

    def _doing(self) -> dict[str, Verb]:
        def say(a: Json) -> Json:
            chat = self._chat(a)
            answered = chat.stored[a["reply_to"]] if a.get("reply_to") else None
            return _seen(self._person(a).say(a["text"], chat, reply_to=answered, thread=a.get("thread", 0)))

        def press(a: Json) -> Json:
            message = self._chat(a).stored[a["message"]]
            return _answered(self._person(a).press(message, a.get("label", ""), data=a.get("data", "")))

        return {
            "open": lambda a: setattr(self._chat(a), "opened", True),
            "start": lambda a: _seen(self._person(a).start(self._bot(a), a.get("code", ""))),
            "say": say,
            "press": press,
            "edit": lambda a: self._person(a).edit(self._chat(a).stored[a["message"]], a["text"]),
            "block": lambda a: self._person(a).block(self._bot(a)),
            "unblock": lambda a: self._person(a).unblock(self._bot(a)),
            "upgrade": lambda a: {"id": self._person(a).upgrade(self._world.groups[a["chat"]]).id},
        }

    def _looking(self) -> dict[str, Verb]:
        def asked(a: Json) -> list[Json]:
            return [asdict(one) for one in self._emulator.asked if a.get("method") in (None, one.method)]

        return {
            "messages": lambda a: [_seen(message) for message in self._chat(a).messages],
            "pressed": lambda a: _answered(self._world.presses[a["id"]]),
            "menu": lambda a: self._emulator.menu(self._bot(a), self._person(a), self._chat(a)),
            "pending": lambda a: {"count": len(self._bot(a).updates.pending)},
            "asked": asked,
            "hook": lambda a: self._hook(self._bot(a)),
            "rejected": lambda _: [asdict(sent) for sent in self._emulator.flood.rejected],
            "violations": lambda _: [asdict(violation) for violation in self._emulator.violations],
        }

    def _spoiling(self) -> dict[str, Verb]:
        emulator = self._emulator
        return {
            "inject": lambda a: {"update_id": self._bot(a).updates.inject(a["update"])},
            "revoke": lambda a: {"token": self._world.revoke(self._bot(a))},
            "enforce": lambda a: emulator.flood.enforce(Limits(**a)),
            "relax": lambda _: emulator.flood.relax(),
            "throttle": lambda a: emulator.flood.throttle(**a),
            "fault": lambda a: getattr(emulator.faults, a["kind"])(**{k: v for k, v in a.items() if k != "kind"}),
            "route": lambda a: emulator.fetching.routes.update({a["public"]: a["real"]}),
        }

    async def _wait(self, count: int, within: float = PATIENCE, **where: Any) -> list[Json]:
        """Until bots have written ``count`` messages there, which are returned."""
        chat = self._chat(where)
        await chat.until(lambda here: len(here.from_bots()) >= count, within)
        return [_seen(message) for message in chat.from_bots()]

    def _hook(self, bot: Bot) -> Json:
        webhook = self._emulator.fetching.webhooks.get(bot.id)
        return {"url": webhook.hook.url, "sent": webhook.sent, "problems": webhook.problems} if webhook else {"url": ""}

    def _named(self, username: str) -> Bot:
        return {bot.username: bot for bot in self._world.bots.values()}[username]

    def _member(self, person_id: int) -> Person:
        person = self._world.people[person_id]
        if not isinstance(person, Person):
            raise TypeError(f"{person_id} is no person")
        return person

    def _bot(self, a: Json) -> Bot:
        return self._named(a["bot"])

    def _person(self, a: Json) -> Person:
        return self._member(a["person"])

    def _chat(self, a: Json) -> Chat:
        return self._world.groups[a["chat"]] if "chat" in a else self._person(a).chat(self._bot(a))
