"""Groups, supergroups and forums: members, rights, privacy mode, topics, the move to a supergroup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.telegram.accounts import Bot, User
from tests.telegram.chats import Chat, Setting
from tests.telegram.messages import Content, Message
from tests.telegram.refusals import Json, bad_request, forbidden

_RIGHTS = """
    can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members
    can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories
""".split()
PERMISSIONS = """
    can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes
    can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_react_to_messages
    can_edit_tag can_change_info can_invite_users can_pin_messages can_manage_topics
""".split()
PRESENT = {"creator", "administrator", "member", "restricted"}
IN_CHARGE = {"creator", "administrator"}
_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@(\w+))?(?![\w/<>])")


@dataclass(slots=True)
class Member:
    """A user's standing in a group. ``rights`` are those of an administrator (``can_pin_messages`` among them)."""

    user: User
    status: str = "member"
    rights: frozenset[str] = frozenset()

    def to_json(self) -> Json:
        """A ``ChatMember``."""
        member: Json = {"user": self.user.to_json(), "status": self.status}
        if self.status == "creator":
            return member | {"is_anonymous": False}
        if self.status == "administrator":
            known = [*_RIGHTS, "can_pin_messages", "can_manage_topics"]
            rights = {right: right in self.rights or right == "can_manage_chat" for right in known}
            return member | rights | {"can_be_edited": False, "is_anonymous": False}
        if self.status == "restricted":
            return member | dict.fromkeys(PERMISSIONS, False) | {"is_member": True, "until_date": 0}
        return member | ({"until_date": 0} if self.status == "kicked" else {})


class Group(Chat):
    """A group with its members. ``forum``: it has topics; ``moved_to`` is the supergroup it became."""

    def __init__(self, setting: Setting, chat_id: int, title: str, *, kind: str = "group", forum: bool = False) -> None:
        super().__init__(setting, chat_id)
        self.kind = kind
        self.title = title
        self.forum = forum
        self.members: dict[int, Member] = {}
        self.topics: dict[int, Message] = {}
        self.closed_topics: set[int] = set()
        self.permissions = dict.fromkeys(PERMISSIONS, True)
        self.moved_to: Group | None = None
        self._spoke_last: Bot | None = None

    def to_json(self) -> Json:
        """A ``Chat``."""
        return {"id": self.id, "type": self.kind, "title": self.title} | ({"is_forum": True} if self.forum else {})

    def member(self, user: User) -> Member:
        """The standing of ``user``; somebody who was never here has left."""
        return self.members.get(user.id) or Member(user, "left")

    def bots(self) -> Iterable[Bot]:
        """The bots that are here."""
        return [m.user for m in self.members.values() if isinstance(m.user, Bot) and m.status in PRESENT]

    def add(
        self,
        sender: User,
        content: Content,
        *,
        reply_to: Message | None = None,
        root: Message | None = None,
        silent: bool = False,
    ) -> Message:
        """A message appears; bots are not told here."""
        if isinstance(sender, Bot):
            self._spoke_last = sender
        return super().add(sender, content, reply_to=reply_to, root=root, silent=silent)

    def sees(self, bot: Bot, message: Message) -> bool:
        """With privacy mode only what is meant for the bot: commands, mentions, answers to it."""
        if not bot.privacy or self.member(bot).status in IN_CHARGE:
            return True
        answered = message.reply_to and message.reply_to.sender is bot
        return bool(answered) or self._is_meant_for(bot, message.content.body)

    def _is_meant_for(self, bot: Bot, text: str) -> bool:
        name = bot.username.lower()
        if re.search(rf"(?<!\w)@{name}(?!\w)", text.lower()):
            return True
        command = _COMMAND.match(text)
        if command and command[1]:
            return command[1].lower() == name
        return command is not None and self._spoke_last in (None, bot)

    def check_access(self, bot: Bot) -> None:
        """Raises :class:`ApiError` when ``bot`` is not here, or when the group has moved."""
        if self.moved_to:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved_to.id)
        status = self.member(bot).status
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def check_may_send(self, bot: Bot) -> None:
        """Raises :class:`ApiError` when ``bot`` is here but may not write."""
        member = self.member(bot)
        muted = member.status == "member" and not self.permissions["can_send_messages"]
        if member.status == "restricted" or muted:
            raise bad_request("not enough rights to send text messages to the chat")

    def set_status(self, user: User, status: str, by: User, rights: Iterable[str] = ()) -> None:
        """Change a standing; the bot concerned is told, and bots in charge that asked for it."""
        before = self.member(user)
        after = self.members[user.id] = Member(user, status, frozenset(rights))
        change = self.change(before, after, by)
        if isinstance(user, Bot):
            user.updates.put("my_chat_member", change, self.id)
        for bot in self.bots():
            if bot is not user and self.member(bot).status in IN_CHARGE:
                bot.updates.put("chat_member", change, self.id)
        self.setting.changes.notify()

    def change(self, before: Member, after: Member, by: User) -> Json:
        """A ``ChatMemberUpdated``."""
        changed = {"old_chat_member": before.to_json(), "new_chat_member": after.to_json()}
        return {"chat": self.to_json(), "from": by.to_json(), "date": self.now} | changed

    def root(self, thread: int) -> Message | None:
        """The service message of forum topic ``thread``; where there are no topics, the number says nothing."""
        if not self.forum or not thread:
            return None
        if thread not in self.topics:
            raise bad_request("message thread not found")
        if thread in self.closed_topics:
            raise bad_request("TOPIC_CLOSED")
        return self.topics[thread]
