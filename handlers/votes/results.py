"""The result of a vote, told in every room whose people voted."""

from domain.chat import Html, Message
from domain.votes import Vote
from handlers.context import Unit, Voice
from handlers.routing import Routes
from handlers.votes.choosing import offered
from handlers.votes.places import homes


def announce(unit: Unit, vote: Vote) -> None:
    """Tell the result of a vote that has just been closed."""
    for room in homes(unit, vote.draft):
        unit.tell_room(room, lambda voice: _result(vote, voice))


def _result(vote: Vote, voice: Voice) -> Message:
    outcome = vote.outcome or {}
    texts = offered(vote, voice)
    head = voice.say("votes-result-head", number=str(vote.id), question=vote.question)
    if not outcome.get("quorate"):
        told = voice.say("votes-result-not-quorate", ballots=vote.counted, quorum=vote.draft.quorum)
    elif outcome["winners"]:
        told = voice.say("votes-result-winners", winners=[texts[place - 1] for place in outcome["winners"]])
    else:
        told = voice.say("votes-result-nothing")
    return Message(Html.joined("\n", [head, told]))


ROUTES = Routes()
