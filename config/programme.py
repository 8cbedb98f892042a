"""The demonstration programme as data: who is there, in which room, with which topics."""

import tomllib
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of the file; unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DemoPerson(Part):
    """Somebody the visitor can be."""

    id: str
    name: str
    role: Literal["guest", "partner", "participant", "coordinator", "admin"]
    language: Literal["de", "en"] = "de"


class DemoRoom(Part):
    """The group chat, and the name of the group it belongs to."""

    id: str
    name: str
    group: str


class DemoComment(Part):
    """What somebody said about a topic, so many days ago."""

    by: str
    text: str
    age: Days


class DemoStep(Part):
    """A state reached so many days ago."""

    state: str
    age: Days


class DemoTopic(Part):
    """A topic proposed so many days ago; ``merged_into`` counts topics from 1 in the order of the file."""

    question: str
    background: str
    author: str
    age: Days
    anonymous: bool = False
    supporters: tuple[str, ...] = ()
    contributors: dict[str, Literal["input", "example", "contact"]] = {}
    comments: tuple[DemoComment, ...] = ()
    states: tuple[DemoStep, ...] = ()
    merged_into: int | None = None


class DemoVote(Part):
    """A secret vote that has been open for ``age`` days and goes on for ``days`` more.

    ``topics`` counts them from 1 in the order of the file; ``cast`` is what people chose, as they would type it.
    """

    question: str
    topics: tuple[int, ...]
    by: str
    seats: int = 1
    age: Days
    days: Days
    cast: dict[str, str] = {}


class DemoLine(Part):
    """What somebody writes in the first minute, so that the page does not begin empty."""

    by: str
    room: bool
    text: str


class DemoProgramme(Part):
    """All of it."""

    people: tuple[DemoPerson, ...]
    room: DemoRoom
    topics: tuple[DemoTopic, ...]
    votes: tuple[DemoVote, ...] = ()
    opening: tuple[DemoLine, ...] = ()


def load_demo() -> DemoProgramme:
    """The programme that comes with the program."""
    text = (resources.files("config") / "demo" / "programme.toml").read_text("utf-8")
    return DemoProgramme.model_validate(tomllib.loads(text))
