"""The hand-kept table against the official description, where that lies beside the project."""

import re

import pytest

from tests.telegram import official
from tests.telegram.dispatch import Dispatch
from tests.telegram.flood import FloodControl
from tests.telegram.schema import fields
from tests.telegram.table import ACTIONS, ENTITIES, METHODS, REACTIONS, TYPES, UPDATES, VARIANTS
from tests.telegram.world import World

beside_the_project = pytest.mark.skipif(not official.PATH.exists(), reason="the official description is not here")


def in_table(words: str) -> set[tuple[str, bool, str]]:
    return {(field.name, field.required, field.bare) for field in fields(words)}


@beside_the_project
@pytest.mark.parametrize("name", METHODS)
def test_methods_have_the_official_parameters(name: str) -> None:
    assert in_table(METHODS[name]) == official.entry("methods", name)


@beside_the_project
@pytest.mark.parametrize("name", TYPES)
def test_objects_have_the_official_fields(name: str) -> None:
    assert in_table(TYPES[name]) == official.entry("types", name)


@beside_the_project
@pytest.mark.parametrize("name", VARIANTS)
def test_objects_come_in_the_official_kinds(name: str) -> None:
    assert official.description()["types"][name]["subtypes"] == VARIANTS[name]


@beside_the_project
def test_kinds_of_updates_are_the_official_ones() -> None:
    assert {name for name, _, _ in official.entry("types", "Update")} == {"update_id", *UPDATES}


@beside_the_project
@pytest.mark.parametrize(
    ("part", "name", "field", "pattern", "words"),
    [
        ("types", "ReactionTypeEmoji", "emoji", '"([^"]+)"', REACTIONS),
        ("types", "MessageEntity", "type", r'"(\w+)" \(', ENTITIES),
        ("methods", "sendChatAction", "action", r"\b(typing|(?:record|upload|choose|find)_\w+)", ACTIONS),
    ],
)
def test_closed_sets_are_the_official_ones(part: str, name: str, field: str, pattern: str, words: list[str]) -> None:
    found = next(one for one in official.description()[part][name]["fields"] if one["name"] == field)
    assert set(re.findall(pattern, found["description"])) == set(words)


BOUND = re.compile(r"(\d+)-(\d+) (?:characters|bytes)")


@beside_the_project
@pytest.mark.parametrize(("part", "table"), [("methods", METHODS), ("types", TYPES)])
def test_bounds_are_the_official_ones(part: str, table: dict[str, str]) -> None:
    for name, words in table.items():
        told = {one["name"]: one["description"] for one in official.description()[part][name].get("fields", [])}
        for field in fields(words):
            bound, own = BOUND.search(told[field.name]), re.search(r"\((\d+)\.\.(\d+)", field.type)
            if bound and "entit" not in told[field.name]:
                assert (own.groups() if own else None) == bound.groups(), f"{name}.{field.name}"


def test_every_method_of_the_table_is_carried_out() -> None:
    dispatch = Dispatch(World(lambda: 0.0), FloodControl(), None)
    assert dispatch.methods == set(METHODS)
