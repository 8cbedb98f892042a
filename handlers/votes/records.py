"""What stays of a vote for whoever wants to check it: the file of its ballots, and the record for the files."""

from collections.abc import Iterable

from domain import recount
from domain.ballots.choices import parse_choice
from domain.chat import Action, Attachment, Html, Message
from domain.markup import plain
from domain.recount import BallotFile
from domain.refusal import Refused
from domain.votes import Electorate, State, Vote, rule_of
from handlers.context import Here, Unit, Voice
from handlers.documents import FIELD, HEAD, HEADING, ITEM, PARAGRAPH, ROW, Block
from handlers.routing import Press, Routes
from handlers.votes import telling
from handlers.votes.choosing import offered
from handlers.votes.places import room_name
from storage import people, votes

BALLOTS, PDF, TEXT = "ballots", "pdf", "text"
"""The files of a vote that is over."""


def complete(unit: Unit, vote: Vote) -> Vote:
    """Write down with the outcome what a recount needs and what may be different later. The vote has just been closed.

    That is how many were entitled (where people are counted as they come, those who voted), by which version it was
    counted, the checksum of the ballot file, and, where everybody may see who chose what, the choices: a person who
    leaves takes their own along, but not the result.
    """
    assert vote.outcome is not None  # noqa: S101
    assert vote.counted is not None  # noqa: S101
    entitled = vote.counted
    if vote.draft.electorate is not Electorate.ROOM:
        entitled = max(votes.count_turnout(unit.db, vote.id).entitled, vote.counted)
    outcome = vote.outcome | {"entitled": entitled, "software": unit.policy.software}
    if not outcome["shown"]:
        outcome["threshold"] = unit.policy.threshold
    elif not vote.secret:
        outcome["choices"] = votes.list_choices(unit.db, vote)
    votes.change_vote(unit.db, vote.id, outcome=outcome)
    outcome["checksum"] = recount.checksum(ballot_file(unit, votes.get_vote(unit.db, vote.id)))
    votes.change_vote(unit.db, vote.id, outcome=outcome)
    return votes.get_vote(unit.db, vote.id)


def get_closed(unit: Unit, number: int) -> Vote:
    """A vote that has a result. Raises :class:`Refused` when there is no such vote, or it has none."""
    vote = votes.get_vote(unit.db, number)
    if vote.state is State.OPEN:
        raise Refused("votes-result-open", number=str(vote.id), closes=vote.closes)
    if vote.outcome is None:
        raise Refused(f"votes-is-{vote.state}", number=str(vote.id), opens=vote.draft.opens, closed=vote.closed)
    return vote


def ballot_file(unit: Unit, vote: Vote) -> BallotFile:
    """The file from which the vote can be counted again. Its words are in the language of the programme."""
    stated = vote.outcome or {}
    rules = rule_of(vote.draft)
    choices = None
    if stated["shown"]:
        listed = stated["choices"] if "choices" in stated else votes.list_choices(unit.db, vote)
        choices = tuple(parse_choice(choice, rules) for choice in listed)
    return BallotFile(
        question=vote.question,
        options=tuple(offered(vote, Voice(unit.speak, unit.policy.language))),
        rule=rules,
        seed=vote.draft.seed,
        entitled=stated["entitled"],
        counted=vote.counted or 0,
        receipts=tuple(votes.list_receipts(unit.db, vote.id)),
        choices=choices,
        winners=telling.outcome_of(vote).winners,
        software=stated["software"],
    )


def ask(here: Here, number: int, kind: str) -> None:
    """A button for one of the files: it comes in the direct chat, and in a room only to those who have none."""
    vote = get_closed(here, number)
    address = here.address if here.address.private else here.address_of(here.me)
    voice = here.voice_of(here.me) if address else here.voice
    content = Message(Html(), late=Action("votes.file", (vote.id, kind, voice.language, voice.form)))
    if address and address != here.address:
        here.tell(here.me, lambda _: content)
        here.toast("votes-told-directly")
    else:
        here.show(content)


def write_file(unit: Unit, number: int, kind: str, language: str, form: str) -> Message:
    """The file, in the moment it is sent."""
    vote, voice = get_closed(unit, number), Voice(unit.speak, language, form)
    if kind == BALLOTS:
        name = voice.plain("votes-file-ballots-name", number=str(vote.id))
        attachment = Attachment(name, "application/json", "text", (recount.write(ballot_file(unit, vote)),))
        return Message(_about_ballots(vote, voice, name), attachment=attachment)
    name = voice.plain(f"votes-file-{kind}-name", number=str(vote.id))
    title = voice.plain("votes-record-title", number=str(vote.id))
    texts = (language, title, *(text for block in record(unit, vote, voice) for text in block))
    media_type, drawing = ("application/pdf", "pdf") if kind == PDF else ("text/markdown", "markdown")
    text = voice.say("votes-file-record", number=str(vote.id), question=vote.question)
    return Message(text, attachment=Attachment(name, media_type, drawing, texts))


def _about_ballots(vote: Vote, voice: Voice, name: str) -> Html:
    stated = vote.outcome or {}
    kind = "whole" if stated["shown"] else "withheld"
    lines = [
        voice.say("votes-file-ballots", number=str(vote.id), question=vote.question),
        voice.say(f"votes-file-ballots-{kind}", name=name),
        voice.say("votes-file-receipt"),
        voice.say("votes-file-checksum", checksum=stated["checksum"]),
    ]
    return Html.joined("\n", lines)


def record(unit: Unit, vote: Vote, voice: Voice) -> list[Block]:
    """The record for the files: what was asked and how, what came of it, and how to check it; no name of a voter."""
    return [
        *_paragraphs(voice.plain("votes-record-question"), [vote.question]),
        *_options(vote, voice),
        *_procedure(unit, vote, voice),
        *_paragraphs(voice.plain("votes-record-result"), map(plain, telling.sentences(vote, voice))),
        *_figures(vote, voice),
        *_checking(vote, voice),
    ]


def _paragraphs(heading: str, texts: Iterable[str]) -> list[Block]:
    return [(HEADING, heading, ""), *((PARAGRAPH, text, "") for text in texts)]


def _options(vote: Vote, voice: Voice) -> list[Block]:
    texts = enumerate(offered(vote, voice), 1)
    items = [(ITEM, voice.plain("votes-option", place=place, option=text), "") for place, text in texts]
    return [(HEADING, voice.plain("votes-record-options"), ""), *items]


def _procedure(unit: Unit, vote: Vote, voice: Voice) -> list[Block]:
    draft, stated = vote.draft, vote.outcome or {}
    rows = [
        ("rule", plain(telling.rule(vote, voice))),
        ("lots", voice.plain("votes-record-drawn", places=[str(place) for place in draft.lots], seed=draft.seed)),
        ("secrecy", voice.plain("votes-record-secret" if vote.secret else "votes-record-open")),
        (
            "electorate",
            voice.plain("votes-record-entitled", who=_electorate(unit, vote, voice), number=stated["entitled"]),
        ),
        ("quorum", voice.plain("votes-record-least", quorum=draft.quorum)),
        ("began", voice.plain("votes-record-opened", at=vote.started)),
        ("ended", voice.plain(f"votes-record-closed-{stated['by']}", at=vote.closed)),
    ]
    fields = [(FIELD, voice.plain(f"votes-record-{name}"), text) for name, text in rows]
    return [(HEADING, voice.plain("votes-record-procedure"), ""), *fields]


def _electorate(unit: Unit, vote: Vote, voice: Voice) -> str:
    draft = vote.draft
    name = ""
    if draft.electorate is Electorate.GROUP and draft.group is not None:
        group = people.find_group_by_id(unit.db, draft.group)
        name = group.name if group else ""
    elif draft.electorate is Electorate.ROOM:
        name = room_name(unit, draft)
    elif draft.role is not None:
        name = voice.plain(f"common-role-{draft.role.word}")
    return voice.plain(f"votes-record-electorate-{draft.electorate}", name=name)


def _figures(vote: Vote, voice: Voice) -> list[Block]:
    bars = telling.bars_of(vote, voice)
    if not bars:
        return []
    head = (HEAD, voice.plain("votes-record-option"), voice.plain("votes-record-figure"))
    return [head, *((ROW, bar.label, bar.caption) for bar in bars)]


def _checking(vote: Vote, voice: Voice) -> list[Block]:
    stated = vote.outcome or {}
    name = voice.plain("votes-file-ballots-name", number=str(vote.id))
    return [
        (HEADING, voice.plain("votes-record-checking"), ""),
        (PARAGRAPH, voice.plain("votes-record-how" if stated["shown"] else "votes-record-how-withheld", name=name), ""),
        (FIELD, voice.plain("votes-record-software"), f"Themenbote {stated['software']}"),
        (FIELD, voice.plain("votes-record-checksum"), stated["checksum"]),
    ]


ROUTES = Routes(presses={"votes.file": Press(ask)}, late={"votes.file": write_file})
