"""The official description of the Bot API as data, where it lies beside the project; tests pass without it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.telegram.refusals import Json

PATH = Path(__file__).resolve().parents[3] / "shared" / "telegram" / "api.json"
_PLAIN = {"Integer": int, "Float": float, "String": str, "Boolean": bool}
_WORDS = {"Integer": "int", "String": "str", "Boolean": "bool"}


@cache
def description() -> Json:
    """Methods and types by their names."""
    whole = json.loads(PATH.read_text("utf-8"))
    return {part: _by_name(whole[part]) for part in ("methods", "types")}


def _by_name(entries: Any) -> Json:
    return {entry["name"]: entry for entry in (entries.values() if isinstance(entries, dict) else entries)}


def in_words(kinds: list[str]) -> str:
    """Types as ``table.py`` writes them."""
    return "|".join(_in_words(kind) for kind in kinds)


def _in_words(kind: str) -> str:
    if kind.startswith("Array of "):
        return f"[{_in_words(kind.removeprefix('Array of '))}]"
    return _WORDS.get(kind, kind)


def entry(part: str, name: str) -> set[tuple[str, bool, str]]:
    """Names, whether required, and types of a method's parameters or a type's fields."""
    fields = description()[part][name].get("fields", [])
    return {(field["name"], field["required"], in_words(field["types"])) for field in fields}


def problems(value: Any, kinds: list[str], where: str = "") -> list[str]:
    """What is wrong with a value that should be one of these official types."""
    found = [_problems(value, kind, where) for kind in kinds]
    return min(found, key=len)


def _problems(value: Any, kind: str, where: str) -> list[str]:
    if kind in _PLAIN:
        return [] if type(value) is _PLAIN[kind] else [f"{where} is no {kind}: {value!r}"]
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return [problem for index, item in enumerate(value) for problem in _problems(item, inner, f"{where}[{index}]")]
    known = description()["types"][kind]
    if known.get("subtypes"):
        return problems(value, known["subtypes"], where)
    fields = {field["name"]: field for field in known.get("fields", [])}
    if not isinstance(value, dict):
        return [f"{where} is no {kind}"]
    wrong = [f"{where}.{name} is no field of {kind}" for name in value.keys() - fields.keys()]
    wrong += [f"{where}.{name} lacks" for name, field in fields.items() if field["required"] and name not in value]
    for name in value.keys() & fields.keys():
        wrong += problems(value[name], fields[name]["types"], f"{where}.{name}")
    return wrong
