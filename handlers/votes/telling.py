"""A result in plain sentences and in figures, wherever it is told."""

from dataclasses import dataclass

from domain.ballots.outcome import Outcome, outcome_from_json
from domain.chat import Html
from domain.votes import Electorate, Vote, rule_of
from handlers.context import Voice
from handlers.votes.choosing import offered

KINDS = {"shares": "approval", "stv": "first", "schulze": "duels"}
"""What is counted, where it is not called as the count is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One option with its figure: ``figure`` in words, ``mark`` says that it was chosen, and is empty otherwise."""

    label: str
    length: int
    figure: str
    mark: str

    @property
    def caption(self) -> str:
        """What is written beside it."""
        return f"{self.figure}, {self.mark}" if self.mark else self.figure


def sentences(vote: Vote, voice: Voice) -> list[Html]:
    """What was chosen, how ties were decided, how many took part, and why there are no figures where there are none."""
    outcome, stated = outcome_of(vote), vote.outcome or {}
    told = [_chosen(vote, outcome, voice), *_empty(vote, outcome, voice)]
    told += [_tie(vote, tie.options, tie.chosen, voice) for tie in outcome.counted.ties if outcome.quorate]
    told.append(turnout(vote, voice))
    if vote.counted and not stated["shown"]:
        told.append(voice.say("votes-result-withheld", threshold=stated["threshold"]))
    elif outcome.abstentions:
        told.append(voice.say("votes-result-abstentions", abstentions=outcome.abstentions))
    return told


def turnout(vote: Vote, voice: Voice) -> Html:
    """How many took part, and of how many where that was fixed."""
    if vote.draft.electorate is Electorate.ROOM:
        return voice.say("votes-result-turnout-room", counted=vote.counted)
    return voice.say("votes-result-turnout", counted=vote.counted, entitled=(vote.outcome or {})["entitled"])


def bars_of(vote: Vote, voice: Voice) -> list[Bar]:
    """Every option with its figure, in the order of the ballot; none where figures are not shown."""
    outcome = outcome_of(vote)
    if not (vote.counted and (vote.outcome or {})["shown"]):
        return []
    counting = rule_of(vote.draft).counting
    kind = KINDS.get(counting, counting)
    mark = voice.plain("votes-result-mark")
    figures = _duels(outcome) if kind == "duels" else outcome.counted.figures
    return [
        Bar(
            voice.plain("votes-option", place=place, option=text),
            figure,
            voice.plain(f"votes-result-figure-{kind}", figure=figure),
            mark if place in outcome.winners else "",
        )
        for place, (text, figure) in enumerate(zip(offered(vote, voice), figures, strict=True), 1)
    ]


def rule(vote: Vote, voice: Voice) -> Html:
    """How it was decided, in one sentence."""
    draft = vote.draft
    several = "" if draft.seats == 1 else "-proportional" if draft.proportional else "-seats"
    return voice.say(f"votes-result-rule-{draft.method}{several}", seats=draft.seats, points=draft.points)


def outcome_of(vote: Vote) -> Outcome:
    """What the count found; without figures where they are not shown."""
    return outcome_from_json(vote.outcome or {})


def _chosen(vote: Vote, outcome: Outcome, voice: Voice) -> Html:
    if not vote.counted:
        return voice.say("votes-result-nobody")
    if not outcome.quorate:
        return voice.say("votes-result-not-quorate", ballots=vote.counted, quorum=vote.draft.quorum)
    names = _quoted(vote, outcome.winners, voice)
    if not names:
        return voice.say("votes-result-nothing")
    return voice.say("votes-result-winners", number=len(names), winners=names)


def _empty(vote: Vote, outcome: Outcome, voice: Voice) -> list[Html]:
    if not (vote.counted and outcome.quorate and outcome.empty and outcome.winners):
        return []
    return [voice.say("votes-result-empty", empty=outcome.empty)]


def _tie(vote: Vote, options: tuple[int, ...], chosen: tuple[int, ...], voice: Voice) -> Html:
    tied, preferred = _quoted(vote, options, voice), _quoted(vote, chosen, voice)
    return voice.say("votes-result-tie", tied=tied, chosen=preferred)


def _quoted(vote: Vote, places: tuple[int, ...], voice: Voice) -> list[str]:
    texts = offered(vote, voice)
    return [voice.plain("votes-result-quoted", option=texts[place - 1]) for place in places]


def _duels(outcome: Outcome) -> tuple[int, ...]:
    """How many of the others each option beats, one against one."""
    pairs = outcome.counted.pairs
    return tuple(
        sum(row[other] > pairs[other][place] for other in range(len(pairs)) if other != place)
        for place, row in enumerate(pairs)
    )
