"""The keys a settings model has: walked, so that nothing that speaks of them can drift from the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

Name = tuple[str, ...]
"""A key's parts, such as ``("matrix", "accounts", "0", "user")``; ``"*"`` stands for any index of a list."""

INDEXES = frozenset(map(str, range(100)))


@dataclass(frozen=True)
class Key:
    """One setting."""

    name: Name
    field: FieldInfo

    @property
    def secret(self) -> bool:
        """Whether its value is never shown and may come from a file."""
        return SecretStr in within(self.field.annotation)

    @property
    def example(self) -> Any:
        """A value that is right: the default, or the example given where there is no plain default."""
        return self.field.examples[0] if self.field.examples else self.field.get_default(call_default_factory=True)


@dataclass(frozen=True)
class Keys:
    """All settings of a model, with the sections and the lists of tables they stand in."""

    settings: dict[Name, Key]
    sections: frozenset[Name]
    lists: frozenset[Name]

    @classmethod
    def of(cls, model: type[BaseModel]) -> "Keys":
        """The keys of ``model``: its fields, those of models in it, and of models in tuples in it."""
        settings = {key.name: key for key in walk(model, ())}
        sections = {name[:depth] for name in settings for depth in range(1, len(name))}
        lists = {name[:-1] for name in sections if name[-1] == "*"}
        return cls(settings, frozenset(sections - lists), frozenset(lists))

    def general(self, name: Name) -> Name:
        """The name with ``*`` for each index."""
        found: Name = ()
        for part in name:
            found = (*found, "*" if found in self.lists and part in INDEXES else part)
        return found

    def get(self, name: Name) -> Key | None:
        """The setting of that name, or the secret whose file that name gives."""
        general = self.general(name)
        return self.settings.get(general) or self.secret_of(general)

    def secret_of(self, name: Name) -> Key | None:
        """The secret that ``name``, such as ``telegram.token_file``, gives a file for."""
        general = self.general(name)
        key = self.settings.get((*general[:-1], general[-1].removesuffix("_file")))
        return key if key and key.secret and general not in self.settings else None

    def spellings(self) -> Iterator[Name]:
        """Everything that may be written: each setting, and each secret's file."""
        for name, key in self.settings.items():
            yield name
            if key.secret:
                yield (*name[:-1], f"{name[-1]}_file")


def within(annotation: object) -> set[object]:
    """The types an annotation is made of."""
    return {annotation}.union(*(within(argument) for argument in get_args(annotation)))


def walk(model: type[BaseModel], at: Name) -> Iterator[Key]:
    """Each setting below ``model``, in the order in which it is declared."""
    for part, field in model.model_fields.items():
        inner = [kind for kind in within(field.annotation) if isinstance(kind, type) and issubclass(kind, BaseModel)]
        listed = () if field.annotation in inner else ("*",)
        if inner:
            yield from walk(inner[0], (*at, part, *listed))
        else:
            yield Key((*at, part), field)
