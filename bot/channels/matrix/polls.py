"""Native polls (MSC3381) beside the numbered text. Only for open votes: everybody sees who chose what."""

from collections.abc import Sequence

from bot.channels.matrix.homeserver import Json

START = "org.matrix.msc3381.poll.start"
END = "org.matrix.msc3381.poll.end"
RESPONSES = ("org.matrix.msc3381.poll.response", "m.poll.response")
TEXT = "org.matrix.msc1767.text"
DISCLOSED = "org.matrix.msc3381.poll.disclosed"
MOST = 20
"""Answers a poll may have."""


def poll(question: str, answers: Sequence[tuple[int, str]], selections: int) -> Json:
    """The content of a poll; each answer is named by the index of its button. Clients know the unstable names only."""
    body = "\n".join((question, *(f"{index + 1} {label}" for index, label in answers)))
    return {
        START: {
            "question": {TEXT: question},
            "kind": DISCLOSED,
            "max_selections": selections,
            "answers": [{"id": str(index), TEXT: label} for index, label in answers],
        },
        TEXT: body,
        "m.mentions": {},
    }


def end(poll_id: str, text: str) -> Json:
    """The content of the event that closes a poll."""
    return {
        "m.relates_to": {"rel_type": "m.reference", "event_id": poll_id},
        END: {},
        TEXT: text,
        "body": text,
        "m.mentions": {},
    }


def response(event: Json) -> tuple[str, tuple[int, ...]] | None:
    """The poll a vote belongs to and the chosen indexes in order; none chosen withdraws. None for anything else."""
    content = event["content"]
    relation = content.get("m.relates_to")
    if event["type"] not in RESPONSES or not isinstance(relation, dict):
        return None
    poll_id, chosen = relation.get("event_id"), chosen_in(content)
    if relation.get("rel_type") != "m.reference" or not isinstance(poll_id, str) or chosen is None:
        return None
    return poll_id, chosen


def chosen_in(content: Json) -> tuple[int, ...] | None:
    """The indexes named in a vote, each once; None when one of them is no index at all (the vote is spoiled)."""
    unstable = content.get(RESPONSES[0])
    answers = unstable.get("answers") if isinstance(unstable, dict) else content.get("m.selections")
    if not isinstance(answers, list) or len(answers) > MOST:
        return None
    if not all(isinstance(answer, str) and answer.isascii() and answer.isdecimal() for answer in answers):
        return None
    return tuple(dict.fromkeys(int(answer) for answer in answers if len(answer) < 4))
