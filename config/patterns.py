"""Fluent patterns compiled once: a fixed text to a string, any other to a function of its values.

Compiled rather than interpreted because a card is made of half a dozen texts and many people wait at once; the
figures are in docs/decisions/0004-texts.md. What a pattern means is fluent.runtime's to say: the tests compare.
"""

import html
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from fluent.syntax import ast

from config.catalogue import BrokenText, Catalogue, literal, referred
from config.formats import Formats, escape

Values = Mapping[str, object]
Text = str | Callable[[Values], str]

NUMBERS = (int, float, Decimal)
COMMAND = re.compile(r"(?<=[\s>„“(])/(?=[^\W\d_])")
"""The sign before a command: a slash that begins a word."""


class Given(dict[str, object]):
    """What a term was given; what it was not given is None, so that a selector takes its default."""

    def __missing__(self, name: str) -> None:
        return None


def joined(parts: list[Text]) -> Text:
    """One text of several."""
    if all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    if len(parts) == 1:
        return parts[0]
    return lambda values: "".join([part if isinstance(part, str) else part(values) for part in parts])


def quoted(text: Text) -> Text:
    """The text as it may stand in an attribute of a tag."""
    if isinstance(text, str):
        return text.replace('"', "&quot;")
    return lambda values: text(values).replace('"', "&quot;")


def signed(written: str) -> list[Text]:
    """A text in which each command begins with the ``sign`` it is given, or else as it is written."""
    first, *others = COMMAND.split(written)
    return [first, *(part for other in others for part in (sign, other))]


def sign(values: Values) -> str:
    """What stands before a command where the text will be read."""
    return str(values.get("sign") or "/")


class Patterns:
    """The texts of one catalogue in one language, compiled when first asked for."""

    def __init__(self, catalogue: Catalogue, formats: Formats) -> None:
        self._catalogue = catalogue
        self._formats = formats
        self._compiled: dict[str, Text] = {}
        self._compiling: set[str] = set()

    def text(self, name: str) -> Text:
        """The compiled text; BrokenText when it, or one it refers to, is missing, circular or not understood."""
        if name in self._compiled:
            return self._compiled[name]
        if name not in self._catalogue:
            raise BrokenText(f"there is no text {name}")
        if name in self._compiling:
            raise BrokenText(f"{name} refers to itself")
        self._compiling.add(name)
        self._compiled[name] = self._pattern(self._catalogue[name])
        self._compiling.remove(name)
        return self._compiled[name]

    def _pattern(self, pattern: ast.Pattern) -> Text:
        parts: list[Text] = []
        inside_tag = False
        for element in pattern.elements:
            if isinstance(element, ast.TextElement):
                parts.extend(signed(element.value))
                inside_tag = element.value.rfind("<") > element.value.rfind(">")
            else:
                part = self._placeable(element.expression)
                parts.append(quoted(part) if inside_tag else part)
        return joined(parts)

    def _placeable(self, node: ast.InlineExpression | ast.Placeable | ast.SelectExpression) -> Text:
        text: Text
        match node:
            case ast.Placeable():
                text = self._placeable(node.expression)
            case ast.StringLiteral():
                text = str(literal(node))
            case ast.NumberLiteral():
                text = self._show(literal(node))
            case ast.VariableReference():
                text = self._variable(node.id.name)
            case ast.MessageReference():
                text = self.text(referred(node))
            case ast.TermReference():
                text = self._term(node)
            case ast.FunctionReference():
                text = self._function(node)
            case ast.SelectExpression():
                text = self._select(node)
        return text

    def _variable(self, name: str) -> Text:
        def say(values: Values) -> str:
            value = values[name]
            return html.escape(value, quote=False) if type(value) is str else self._show(value)

        return say

    def _show(self, value: object) -> str:
        match value:
            case str():
                return escape(value)
            case bool():
                raise TypeError("a text says in words what is true")
            case int() | float() | Decimal():
                return self._formats.number(value)
            case date():
                return self._date(value, "full")
        raise TypeError(f"a text cannot show {type(value).__name__}")

    def _date(self, value: object, style: str) -> str:
        if not isinstance(value, date):
            raise TypeError(f"DATE cannot show {type(value).__name__}")
        whole = style == "full" and not isinstance(value, datetime)
        text = self.text("date-day" if whole else f"date-{style}")
        return text if isinstance(text, str) else text(self._formats.moment(value))

    def _list(self, value: object) -> str:
        if not isinstance(value, list | tuple):
            raise TypeError(f"LIST cannot show {type(value).__name__}")
        return self._formats.enumeration(map(self._show, value))

    def _term(self, node: ast.TermReference) -> str:
        text = self.text(referred(node))
        named = node.arguments.named if node.arguments else []
        given = Given({argument.name.name: literal(argument.value) for argument in named})
        return text if isinstance(text, str) else text(given)

    def _function(self, node: ast.FunctionReference) -> Text:
        name = self._argument(node)
        options = {argument.name.name: literal(argument.value) for argument in node.arguments.named}
        show: Callable[[object], str]
        match node.id.name, options:
            case "NUMBER", _:
                show = self._formats.numbers(options)
            case "LIST", {**rest} if not rest:
                show = self._list
            case "DATE", {"style": str(style), **rest} if not rest:
                self.text(f"date-{style}")
                show = lambda value: self._date(value, style)  # noqa: E731
            case _:
                raise BrokenText(f"there is no function {node.id.name}({', '.join(options)})")
        return lambda values: show(values[name])

    def _argument(self, node: ast.FunctionReference) -> str:
        match node.arguments.positional:
            case [ast.VariableReference(id=name)]:
                return name.name
        raise BrokenText(f"{node.id.name} takes one variable")

    def _select(self, node: ast.SelectExpression) -> Text:
        name = self._selector(node.selector)
        variants = [(variant_key(variant), self._pattern(variant.value)) for variant in node.variants]
        default = next(text for variant, (_, text) in zip(node.variants, variants, strict=True) if variant.default)
        plural = self._formats.plural

        def say(values: Values) -> str:
            value = values[name]
            category = plural(value) if isinstance(value, NUMBERS) else value
            text = default
            for key, variant in variants:
                if key in (value, category):
                    text = variant
                    break
            return text if isinstance(text, str) else text(values)

        return say

    def _selector(self, node: ast.InlineExpression | ast.Placeable) -> str:
        match node:
            case ast.VariableReference():
                return node.id.name
            case ast.FunctionReference(id=ast.Identifier(name="NUMBER")):
                return self._argument(node)
        raise BrokenText("a text is chosen by a variable")


def variant_key(variant: ast.Variant) -> str | int | Decimal:
    """What the selector's value, or its plural category, must be."""
    return variant.key.name if isinstance(variant.key, ast.Identifier) else literal(variant.key)
