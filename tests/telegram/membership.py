"""What people do with groups: come and go, bring others, give rights, open topics."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.telegram.accounts import User
from tests.telegram.chats import Chat
from tests.telegram.groups import PRESENT, Group, Member
from tests.telegram.messages import Content
from tests.telegram.world import World

TOPIC_COLOUR = 0x6FB9F0


@dataclass(eq=False, kw_only=True)
class Participant(User):
    """Somebody in groups. What a client would not let them do raises ValueError."""

    world: World

    def join(self, group: Group) -> None:
        """Come in by a link."""
        self.bring(self, group)

    def bring(self, user: User, group: Group) -> None:
        """Let ``user``, a person or a bot, into the group."""
        if group.member(user).status in PRESENT:
            raise ValueError(f"{user.full_name} is in {group.title!r} already")
        group.set_status(user, "member", self)
        group.service(self, new_chat_members=[user.to_json()])

    def leave(self, group: Group) -> None:
        """Go."""
        self._part(self, group, "left")

    def remove(self, user: User, group: Group) -> None:
        """Throw ``user`` out; a bot that is removed cannot come back by itself."""
        self._part(user, group, "kicked" if user.is_bot else "left")

    def _part(self, user: User, group: Group, status: str) -> None:
        if group.member(user).status not in PRESENT:
            raise ValueError(f"{user.full_name} is not in {group.title!r}")
        group.set_status(user, status, self)
        group.service(self, left_chat_member=user.to_json())

    def promote(
        self, user: User, group: Group, rights: Iterable[str] = ("can_delete_messages", "can_pin_messages")
    ) -> None:
        """Make ``user`` an administrator with these rights."""
        group.set_status(user, "administrator", self, rights)

    def demote(self, user: User, group: Group) -> None:
        """Make ``user`` an ordinary member again."""
        group.set_status(user, "member", self)

    def silence(self, user: User, group: Group) -> None:
        """Forbid ``user`` to write."""
        group.set_status(user, "restricted", self)

    def rename(self, group: Group, title: str) -> None:
        """Give the group another name."""
        group.title = title
        group.service(self, new_chat_title=title)

    def upgrade(self, group: Group, *, farewell: bool = False) -> Group:
        """Make it a supergroup, which has another id; ``farewell``: bots are told first that they left the old one."""
        for bot in group.bots() if farewell else []:
            change = group.change(group.member(bot), Member(bot, "left"), self)
            bot.updates.put("my_chat_member", change, group.id)
        return self.world.migrate(group, self)

    def open_topic(self, group: Group, name: str) -> int:
        """Open a forum topic; returns its thread id."""
        if not group.forum:
            raise ValueError(f"{group.title!r} has no topics")
        root = group.add(self, Content(service={"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}}))
        root.root = group.topics[root.id] = root
        for bot in group.bots():
            bot.updates.put("message", root.to_json(), group.id)
        return root.id

    def close_topic(self, group: Group, thread: int) -> None:
        """Nobody can write in the topic any more."""
        group.service(self, forum_topic_closed={}, root=group.topics[thread])
        group.closed_topics.add(thread)

    def delete_topic(self, group: Group, thread: int) -> None:
        """The topic is gone with everything in it."""
        root = group.topics.pop(thread)
        for message in [message for message in group.messages if message.root is root]:
            group.delete(message)

    def pin(self, chat: Chat, message_id: int) -> None:
        """Pin a message."""
        message = chat.find(message_id, "message to pin")
        message.pinned = True
        chat.service(self, pinned_message=message.to_json(nested=True))
