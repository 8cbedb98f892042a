"""Supporting, contributing, commenting: what anybody may do with a topic."""

from domain.chat import Action, Edited, Html, Message
from domain.people import Role
from domain.refusal import Refused
from domain.topics import COMMENT_LIMIT, Topic, Way, subject
from domain.writing import clean, folded, required
from handlers.context import Here, Voice
from handlers.dialogue import Dialogue, Step, begin
from handlers.paging import page_buttons, page_start
from handlers.routing import Press, Routes
from handlers.topics.cards import reply_card
from storage import topics
from storage.dialogs import Data

SUPPORT_WORDS = frozenset({"+1", "dafür", "dafuer", "bin dafür", "unterstütze ich", "support", "in favour"})
COMMENTS_PER_PAGE = 5
NEVER = "none"


def support(here: Here, number: int) -> None:
    """Be counted among the supporters."""
    topic = topics.get_open_topic(here.db, number)
    fresh = topics.add_support(here.db, topic.id, here.me.id)
    if fresh:
        here.refresh(subject(topic.id))
    here.toast("topics-supported" if fresh else "topics-supported-already", number=str(topic.id))


def unsupport(here: Here, number: int) -> None:
    """Be counted no longer."""
    topic = topics.get_open_topic(here.db, number)
    topics.remove_support(here.db, topic.id, here.me.id)
    here.refresh(subject(topic.id))
    here.toast("topics-unsupported", number=str(topic.id))


def contribute(here: Here, number: int) -> None:
    """Ask how the person could contribute; pressed in a room, they are asked directly."""
    topic = topics.get_open_topic(here.db, number)
    if here.address.private:
        content = _ways(topic, here.voice)
        here.reply(content.text, content.keyboard)
    elif here.tell(here.me, lambda voice: _ways(topic, voice)):
        here.toast("topics-asked-directly")
    else:
        raise Refused("topics-open-direct-first")


def _ways(topic: Topic, voice: Voice) -> Message:
    ways = tuple(
        voice.button(f"topics-way-{way}", Action("topics.contribute_as", (topic.id, way.value))) for way in Way
    )
    nothing = voice.button("topics-way-nothing", Action("topics.contribute_as", (topic.id, NEVER)))
    return Message(voice.say("topics-ask-way", number=str(topic.id), question=topic.question), (ways, (nothing,)))


def contribute_as(here: Here, number: int, way: str) -> None:
    """Offer to contribute in this way, or take the offer back."""
    topic = topics.get_open_topic(here.db, number)
    topics.set_contribution(here.db, topic.id, here.me.id, None if way == NEVER else Way(way))
    here.refresh(subject(topic.id))
    here.toast("topics-contribution-gone" if way == NEVER else "topics-contribution-noted", number=str(topic.id))


def comment(here: Here, number: int) -> None:
    """Ask for a comment in a direct chat; in a room an answer to the card is one already."""
    topic = topics.get_open_topic(here.db, number)
    if here.address.private:
        begin(here, COMMENT, "text", {"topic": topic.id})
    else:
        here.toast("topics-comment-by-reply")


def _ask_comment(here: Here, data: Data) -> Message:
    return Message(here.say("topics-ask-comment", number=str(data["topic"])))


def _take_comment(here: Here, data: Data, text: str) -> None:
    _add_comment(here, data["topic"], text)


def _add_comment(here: Here, number: int, text: str) -> None:
    topic = topics.get_open_topic(here.db, number)
    written = required(text, COMMENT_LIMIT, "topics-comment-empty")
    address = here.address
    message = getattr(here.incoming, "message", "")
    topics.add_comment(here.db, topic.id, here.me.id, written, here.now, address.channel, address.chat, message)
    here.refresh(subject(topic.id))
    here.toast("topics-commented", number=str(topic.id))


COMMENT = Dialogue("topics.comment", Role.PARTNER, {"text": Step(_ask_comment, _take_comment)})


def answer_card(here: Here, number: int, text: str) -> None:
    """An answer to a card: a word of support, or else a comment."""
    if folded(text) in SUPPORT_WORDS or text.strip() == "+1":
        support(here, number)
    else:
        _add_comment(here, number, text)


def follow_edit(here: Here, edited: Edited) -> bool:
    """Change a comment along with the message it came from; True when it was one."""
    if here.member is None:
        return False
    text = clean(edited.text)
    if not text or len(text) > COMMENT_LIMIT:
        return False
    address = edited.address
    topic = topics.edit_comment(here.db, address.channel, address.chat, edited.message, here.member.id, text)
    return topic is not None


def comments(here: Here, number: int) -> None:
    """Read what was said about a topic, oldest first; asked for in a room, it is sent directly."""
    topic = topics.get_visible_topic(here.db, number, here.me)
    if not topics.count_support(here.db, topic.id).comments:
        here.toast("topics-no-comments", number=str(topic.id))
    elif here.address.private:
        page = _comment_page(here, topic, 0, here.voice)
        here.reply(page.text, page.keyboard)
    elif here.tell(here.me, lambda voice: _comment_page(here, topic, 0, voice)):
        here.toast("topics-comments-sent")
    else:
        raise Refused("topics-open-direct-first")


def turn_comments(here: Here, number: int, offset: int) -> None:
    """Another page of them."""
    page = _comment_page(here, topics.get_visible_topic(here.db, number, here.me), offset, here.voice)
    here.replace_pressed(page.text, page.keyboard)


def _comment_page(here: Here, topic: Topic, offset: int, voice: Voice) -> Message:
    total = topics.count_support(here.db, topic.id).comments
    start = page_start(offset, COMMENTS_PER_PAGE, total)
    found = topics.list_comments(here.db, topic.id, start, COMMENTS_PER_PAGE)
    head = voice.say("topics-comments-head", number=str(topic.id), question=topic.question, total=total)
    former = voice.plain("topics-former")
    lines = [voice.say("topics-comment-line", name=c.name or former, text=c.text, at=c.at) for c in found]
    turns = page_buttons(voice, Action("topics.turn_comments", (topic.id,)), start, COMMENTS_PER_PAGE, total)
    return Message(Html.joined("\n\n", [head, *lines]), turns)


def card(here: Here, number: int) -> None:
    """Show the card."""
    reply_card(here, topics.get_visible_topic(here.db, number, here.me).id)


ROUTES = Routes(
    presses={
        "topics.support": Press(support),
        "topics.unsupport": Press(unsupport),
        "topics.contribute": Press(contribute),
        "topics.contribute_as": Press(contribute_as),
        "topics.comment": Press(comment),
        "topics.comments": Press(comments),
        "topics.turn_comments": Press(turn_comments),
        "topics.card": Press(card),
    },
    replies={"topic": Press(answer_card)},
    dialogues=(COMMENT,),
    edits=(follow_edit,),
)
