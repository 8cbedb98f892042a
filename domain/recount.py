"""The ballot file: all that is needed to count a vote again, without the database, and nothing that names a person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from domain.ballots.choices import Choice, parse_choice
from domain.ballots.counting import count
from domain.ballots.lots import draw_lots
from domain.ballots.outcome import Outcome
from domain.ballots.rules import Method, Rule

FORMAT = 1
CHECKSUM = "sha256"


class Unreadable(Exception):
    """This is no ballot file of ours, or it was changed; ``key`` and ``values`` name the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a ballot file says.

    ``receipts`` are the codes of the counted ballots, ``choices`` what they say; both are sorted, so that their order
    tells nothing and no code stands beside a choice. ``choices`` is None where they are withheld: then only what was
    chosen is stated. ``winners`` are the places chosen, ``counted`` is how many ballots there were.
    """

    question: str
    options: tuple[str, ...]
    rule: Rule
    seed: str
    entitled: int
    counted: int
    receipts: tuple[str, ...]
    choices: tuple[Choice, ...] | None
    winners: tuple[int, ...]
    software: str


def write(file: BallotFile) -> str:
    """The file as text: JSON with sorted keys and a checksum of all the rest, the same for the same contents."""
    body = _body(file)
    return _dumped(body | {CHECKSUM: checksum(file)}) + "\n"


def checksum(file: BallotFile) -> str:
    """SHA-256 of the contents, as hexadecimal digits; it stands in the file and in the protocol."""
    return sha256(_dumped(_body(file)).encode()).hexdigest()


def read(text: str) -> BallotFile:
    """Inverse of :func:`write`. Raises :class:`Unreadable` for anything else, and for a file that was changed."""
    try:
        told = json.loads(text)
        stated = told.pop(CHECKSUM)
        file = _file(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable("recount-unreadable") from error
    if stated != checksum(file) or told != _body(file):
        raise Unreadable("recount-changed")
    return file


def recount(file: BallotFile) -> Outcome:
    """Count again.

    Raises :class:`Unreadable` when the choices are withheld, when the lots do not follow from the seed, when numbers do
    not fit together, or when something else was stated than what the choices give.
    """
    if file.choices is None:
        raise Unreadable("recount-withheld", counted=file.counted)
    if file.rule.lots != draw_lots(file.seed, file.rule.options):
        raise Unreadable("recount-lots")
    if not len(file.choices) == file.counted == len(file.receipts) <= file.entitled:
        raise Unreadable("recount-numbers", counted=file.counted, choices=len(file.choices))
    outcome = count(file.rule, file.choices)
    if outcome.winners != file.winners:
        raise Unreadable("recount-differs")
    return outcome


def _body(file: BallotFile) -> dict[str, Any]:
    rule = file.rule
    return {
        "format": FORMAT,
        "software": file.software,
        "question": file.question,
        "options": list(file.options),
        "rule": {
            "method": rule.method.value,
            "seats": rule.seats,
            "proportional": rule.proportional,
            "points": rule.points,
            "none": rule.none,
            "quorum": rule.quorum,
            "lots": list(rule.lots),
        },
        "seed": file.seed,
        "entitled": file.entitled,
        "counted": file.counted,
        "receipts": sorted(file.receipts),
        "choices": None if file.choices is None else sorted(choice.text() for choice in file.choices),
        "winners": list(file.winners),
    }


def _file(told: dict[str, Any]) -> BallotFile:
    if told["format"] != FORMAT:
        raise ValueError("another format")
    said = told["rule"]
    rule = Rule(
        method=Method(said["method"]),
        options=len(told["options"]),
        lots=tuple(said["lots"]),
        seats=said["seats"],
        proportional=said["proportional"],
        points=said["points"],
        none=said["none"],
        quorum=said["quorum"],
    )
    choices: Sequence[str] | None = told["choices"]
    return BallotFile(
        question=told["question"],
        options=tuple(told["options"]),
        rule=rule,
        seed=told["seed"],
        entitled=told["entitled"],
        counted=told["counted"],
        receipts=tuple(told["receipts"]),
        choices=None if choices is None else tuple(parse_choice(choice, rule) for choice in choices),
        winners=tuple(told["winners"]),
        software=told["software"],
    )


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
