"""What authors may do with their topics."""

from domain.chat import Html, Message
from domain.people import Role
from domain.refusal import Refused
from domain.topics import BACKGROUND_LIMIT, EDITABLE, QUESTION_LIMIT, State, Topic, subject
from domain.writing import one_line, required, within
from handlers.confirming import STEP, confirmation
from handlers.context import Here
from handlers.dialogue import SKIP, Dialogue, Step, begin, option
from handlers.progress import move, request
from handlers.routing import Press, Routes
from handlers.topics.notices import ask_moderation, first_state
from storage import topics
from storage.dialogs import Data

QUESTION, BACKGROUND = "question", "background"


def _get_own(here: Here, number: int) -> Topic:
    topic = topics.get_visible_topic(here.db, number, here.me)
    if topic.author != here.me.id:
        raise Refused("topics-not-yours", number=str(number))
    return topic


def _get_editable(here: Here, number: int) -> Topic:
    topic = _get_own(here, number)
    if topic.state not in EDITABLE:
        raise Refused("topics-too-late-to-change", number=str(number))
    return topic


def edit(here: Here, number: int) -> None:
    """Change question or background while it is not on a ballot."""
    topic = _get_editable(here, number)
    if here.address.private:
        begin(here, EDIT, "which", {"topic": topic.id})
    else:
        here.toast("topics-edit-directly", number=str(topic.id))


def _ask_which(here: Here, data: Data) -> Message:
    choices = (
        option(here.voice, "topics-button-question", QUESTION),
        option(here.voice, "topics-button-background", BACKGROUND),
    )
    return Message(here.say("topics-ask-which", number=str(data["topic"])), (choices,))


def _take_which(_: Here, __: Data, word: str) -> str:
    if word not in (QUESTION, BACKGROUND):
        raise Refused("topics-which-choose")
    return word


def _ask_question(here: Here, data: Data) -> Message:
    topic = _get_editable(here, data["topic"])
    return Message(here.say("topics-ask-new-question", question=topic.question))


def _take_question(here: Here, data: Data, text: str) -> None:
    question = required(one_line(text), QUESTION_LIMIT, "topics-question-empty")
    _change(here, data, question=question)


def _ask_background(here: Here, data: Data) -> Message:
    topic = _get_editable(here, data["topic"])
    none = option(here.voice, "topics-button-no-background", SKIP)
    known = "yes" if topic.background else "no"
    return Message(here.say("topics-ask-new-background", known=known, background=topic.background), ((none,),))


def _take_background(here: Here, data: Data, word: str) -> None:
    _change(here, data, background="" if word == SKIP else within(word, BACKGROUND_LIMIT))


def _change(here: Here, data: Data, **values: str) -> None:
    topic = _get_editable(here, data["topic"])
    topics.change_topic(here.db, topic.id, **values)
    here.refresh(subject(topic.id))
    if topic.state is State.WAITING:
        here.refresh(request(topic.id))
    here.reply(here.say("topics-changed", number=str(topic.id)))


EDIT = Dialogue(
    "topics.edit",
    Role.PARTNER,
    {
        "which": Step(_ask_which, _take_which),
        QUESTION: Step(_ask_question, _take_question),
        BACKGROUND: Step(_ask_background, _take_background),
    },
)


def withdraw(here: Here, number: int) -> None:
    """Ask once more, then take the topic out of the list."""
    topic = _get_editable(here, number)
    if here.address.private:
        begin(here, WITHDRAW, STEP, {"topic": topic.id})
    else:
        here.toast("topics-edit-directly", number=str(topic.id))


def _ask_sure(here: Here, data: Data) -> Html:
    topic = _get_editable(here, data["topic"])
    return here.say("topics-ask-withdraw", number=str(topic.id), question=topic.question)


def _withdraw(here: Here, data: Data) -> None:
    topic = move(here, _get_editable(here, data["topic"]), State.WITHDRAWN, actor=here.me.id)
    here.reply(here.say("topics-withdrawn", number=str(topic.id)))


WITHDRAW = confirmation("topics.withdraw", Role.PARTNER, _ask_sure, "topics-button-withdraw", _withdraw)


def restore(here: Here, number: int) -> None:
    """Propose a withdrawn topic again; where topics have to be published, this one has to be again."""
    topic = _get_own(here, number)
    if topic.state is not State.WITHDRAWN:
        raise Refused("topics-no-such-move", number=str(number))
    topic = move(here, topic, first_state(here), actor=here.me.id)
    if topic.state is State.WAITING:
        ask_moderation(here, topic)
        here.toast("topics-restored-waiting", number=str(topic.id))
    else:
        here.toast("topics-restored", number=str(topic.id))


ROUTES = Routes(
    presses={
        "topics.edit": Press(edit),
        "topics.withdraw": Press(withdraw),
        "topics.restore": Press(restore),
    },
    dialogues=(EDIT, WITHDRAW),
)
