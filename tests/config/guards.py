"""Guards over the texts: each is given catalogues by folder and answers with what is wrong, a line each."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from html.parser import HTMLParser

from fluent.syntax import ast

from config.catalogue import BrokenText, Catalogue, referred
from config.texts import FOLDERS, Texts, overlaid

Catalogues = Mapping[str, Catalogue]
Guard = Callable[[Catalogues], list[str]]

LONGEST_SENTENCE = 25
TAGS = {"a", "b", "blockquote", "code", "i", "pre", "s", "u"}
VALUE = "\ue000"
"""Stands for a value in a rendering: one word, of which nothing is known."""

LAYERS = {folders[-1]: folders for folders in FOLDERS.values()}
QUOTED = re.compile(r"„[^“]*“|“[^”]*”|»[^«]*«|<code>.*?</code>|(?<!\w)[/!]\w+", re.DOTALL)
"""What is named rather than said: quotations and commands."""

ALWAYS_FORMAL = ("cli-", "doctor-", "page-", "settings-")
"""Texts of the command line and of the page around the chats: nobody has chosen a form of address there."""

DU = re.compile(
    r"\b(du|dich|dir|dein(e[mnrs]?|erseits|etwegen)?|euch|euer|eure[mnrs]?|eurerseits|euretwegen)\b", re.IGNORECASE
)
SIE = re.compile(r"\b(Sie|Ihnen|Ihr(e[mnrs]?|erseits|etwegen)?)\b")
EMOJI = re.compile("[0-9#*]\ufe0f?\u20e3|[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]")
ABBREVIATIONS = {"bzw", "ca", "etc", "evtl", "ggf", "inkl", "max", "min", "nr", "usw", "vgl"}


def renderings(pattern: ast.Pattern, catalogue: Catalogue) -> list[str]:
    """The texts a pattern can become, each variant at least once, with VALUE for what is not in the catalogue."""
    columns = [alternatives(element, catalogue) for element in pattern.elements]
    height = max(map(len, columns))
    return ["".join(column[min(row, len(column) - 1)] for column in columns) for row in range(height)]


def alternatives(node: ast.TextElement | ast.Placeable, catalogue: Catalogue) -> list[str]:
    match node if isinstance(node, ast.TextElement) else node.expression:
        case ast.TextElement(value=text):
            return [text]
        case ast.StringLiteral() as literal:
            return [str(literal.parse()["value"])]
        case ast.SelectExpression(variants=variants):
            return [text for variant in variants for text in renderings(variant.value, catalogue)]
        case ast.MessageReference() | ast.TermReference() as reference if referred(reference) in catalogue:
            return renderings(catalogue[referred(reference)], catalogue)
        case ast.FunctionReference(id=ast.Identifier(name="DATE")):
            return ["Freitag"]
    return [VALUE]


def whole(catalogues: Catalogues, folder: str) -> Catalogue:
    """The texts of a folder with those below it."""
    return overlaid(catalogues, LAYERS[folder])


def each_rendering(catalogues: Catalogues, *folders: str) -> Iterator[tuple[str, str]]:
    """Where a text stands, and what it can become."""
    for folder in folders or tuple(LAYERS):
        for key, pattern in catalogues.get(folder, {}).items():
            for text in renderings(pattern, whole(catalogues, folder)):
                yield f"{folder}: {key}", text


def own_words(pattern: ast.Pattern) -> str:
    """What a text says itself, without what it refers to and what it quotes."""
    return QUOTED.sub(VALUE, "\n".join(renderings(pattern, {})))


def inner(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    """A node and all below it."""
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                yield from inner(child)


def variables(pattern: ast.Pattern, catalogue: Catalogue) -> set[str]:
    """The values a text needs, with those of the messages it refers to."""
    needed = set()
    for node in inner(pattern):
        if isinstance(node, ast.VariableReference):
            needed.add(node.id.name)
        elif isinstance(node, ast.MessageReference) and referred(node) in catalogue:
            needed |= variables(catalogue[referred(node)], catalogue)
    return needed


def messages(catalogues: Catalogues, folder: str) -> set[str]:
    return {key for key in catalogues.get(folder, {}) if not key.startswith("-")}


def compile_all(catalogues: Catalogues) -> list[str]:
    try:
        Texts(catalogues, UTC)
    except BrokenText as broken:
        return [str(broken)]
    return []


def same_keys(catalogues: Catalogues) -> list[str]:
    german, english = messages(catalogues, "de"), messages(catalogues, "en")
    lacking = [f"en: {key} is missing" for key in sorted(german - english)]
    return lacking + [f"de: {key} is missing" for key in sorted(english - german)]


def same_variables(catalogues: Catalogues) -> list[str]:
    wrong = []
    german = whole(catalogues, "de")
    for folder in LAYERS:
        texts = whole(catalogues, folder)
        for key in sorted(messages(catalogues, folder) & german.keys()):
            here, there = variables(texts[key], texts), variables(german[key], german)
            if here - there or (folder == "en" and there - here):
                wrong.append(f"{folder}: {key} needs {sorted(here)}, in de {sorted(there)}")
    return wrong


def overlays_known(catalogues: Catalogues) -> list[str]:
    return [
        f"{folder}: {key} is not in de"
        for folder in ("de-DU", "de-LEICHT")
        for key in sorted(catalogues.get(folder, {}).keys() - catalogues["de"].keys())
    ]


def formal_in_de(catalogues: Catalogues) -> list[str]:
    return [
        f"{folder}: {key} says {found[0]}"
        for folder in ("de", "de-LEICHT")
        for key, pattern in catalogues.get(folder, {}).items()
        if (found := DU.search(own_words(pattern)))
    ]


def informal_in_du(catalogues: Catalogues) -> list[str]:
    return [
        f"de-DU: {key} says {found[0]}"
        for key, pattern in catalogues.get("de-DU", {}).items()
        if (found := SIE.search(own_words(pattern)))
    ]


def du_complete(catalogues: Catalogues) -> list[str]:
    return [
        f"de-DU: {key} is missing, for in de it says {found[0]}"
        for key, pattern in catalogues["de"].items()
        if key not in catalogues.get("de-DU", {})
        and not key.startswith(ALWAYS_FORMAL)
        and (found := SIE.search(own_words(pattern)))
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text; an ordinal, an initial or an abbreviation ends none, a new line does."""
    found = []
    for line in re.sub(r"<[^>]*>", "", text).splitlines():
        start = 0
        for end in re.finditer(r"(\S*?)([.!?…]+)[\"“”«»)]*\s+(?=(\S))", line):
            word = re.sub(r"^\W+", "", end[1]).rpartition(".")[2].lower()
            short = end[2] == "." and (word.isdigit() or len(word) == 1 or word in ABBREVIATIONS)
            if not short and not end[3].islower():
                found.append(line[start : end.end()])
                start = end.end()
        found.append(line[start:])
    return found


def words(sentence: str) -> int:
    return sum(any(sign.isalnum() or sign == VALUE for sign in word) for word in sentence.split())


def short_sentences(catalogues: Catalogues) -> list[str]:
    return [
        f"{where} has a sentence of {words(sentence)} words: {sentence}"
        for where, text in each_rendering(catalogues)
        for sentence in sentences(text)
        if words(sentence) > LONGEST_SENTENCE
    ]


def said_in_words(catalogues: Catalogues) -> list[str]:
    return [
        f"{folder}: {key} says nothing in words"
        for folder in LAYERS
        for key, pattern in catalogues.get(folder, {}).items()
        if not any(texts := [text.strip() for text in renderings(pattern, whole(catalogues, folder))])
        or any(text and wordless(text) for text in texts)
    ]


def wordless(text: str) -> bool:
    """Whether only signs are left to read; a bare value speaks for itself, an emoji beside it does not explain it."""
    said = re.sub(r"<[^>]*>|&\w+;", "", text)
    rest = EMOJI.sub("", said)
    return not any(map(str.isalnum, rest)) and (VALUE not in said or rest != said)


class Subset(HTMLParser):
    """Notes what is not in the HTML subset of texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in TAGS or [name for name, _ in attrs] != (["href"] if tag == "a" else []):
            self.wrong.append(f"{self.get_starttag_text()} is not allowed")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.wrong += [f"a bare {sign}" for sign in "<&" if sign in data]

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}--> is not allowed")


def allowed_html(catalogues: Catalogues) -> list[str]:
    wrong = []
    for where, text in each_rendering(catalogues):
        parser = Subset()
        parser.feed(text)
        parser.close()
        wrong += [f"{where}: {finding}" for finding in parser.wrong]
        wrong += [f"{where}: <{tag}> is not closed" for tag in parser.open]
    return wrong


GUARDS: tuple[Guard, ...] = (
    compile_all,
    same_keys,
    same_variables,
    overlays_known,
    formal_in_de,
    informal_in_du,
    du_complete,
    short_sentences,
    said_in_words,
    allowed_html,
)
