"""What the files may say, and what is said about mistakes in them."""

from datetime import timedelta

import pytest

from domain.people import Form, Purpose, Role
from domain.topics import State
from tests.transcripts.dialogue import (
    Act,
    Change,
    Chat,
    Entry,
    Forge,
    ForgeNumber,
    Kind,
    Leave,
    Open,
    Press,
    Reply,
    Restart,
    Say,
    Transcript,
    Wait,
)
from tests.transcripts.language import parse
from tests.transcripts.notation import revealed, understood
from tests.transcripts.reading import Mistake

HEAD = """\
Titel: Probe
Zweck: Zeigt die Sprache.
Personen:
    Musterstadt: Teilnehmende, Englisch, per Du, Gruppe „Kohorte 1, Nord“
    Musterdorf: Gast, heißt „<b>Dorf</b>⟨U+200B⟩“
Räume:
    „Runde“: Musterstadt und Musterdorf; verbunden; Gruppe „Kohorte 1, Nord“
    "Flur": Musterdorf; nicht verbunden
    „Büro“: Musterstadt; verbunden als Raum der Koordination; Englisch
Themen:
    Wie geht das? | von Musterstadt | unterstützt von Musterstadt | Hintergrund Ach. | Stand ausgewählt | anonym
Einstellungen:
    Freigabe: an
    Beitritt: Raum

"""
TOWN, ROUND = Chat("Musterstadt"), Chat("Runde", room=True)


def read(acts: str, head: str = HEAD) -> Transcript:
    return parse(head + acts, "probe.txt")


def test_the_head_says_who_and_what_is_there() -> None:
    cast = read("Neustart\n").cast
    town, village = cast.people
    assert (town.role, town.language, town.form, town.group) == (Role.PARTICIPANT, "en", Form.DU, "Kohorte 1, Nord")
    assert (village.guest, village.shown) == (True, "<b>Dorf</b>\u200b")
    assert [room.purpose for room in cast.rooms] == [Purpose.PROGRAMME, None, Purpose.COORDINATION]
    assert (cast.rooms[0].members, cast.rooms[0].group) == (("Musterstadt", "Musterdorf"), "Kohorte 1, Nord")
    (topic,) = cast.topics
    assert (topic.question, topic.state, topic.anonymous) == ("Wie geht das?", State.SELECTED, True)
    assert (topic.author, topic.supporters, topic.background) == ("Musterstadt", ("Musterstadt",), "Ach.")
    assert (cast.moderation, cast.join) == (True, "room")


ACTS: list[tuple[str, Act]] = [
    ("Musterstadt im Direktchat: Wie?", Say("Musterstadt", TOWN, "Wie?")),
    (
        "Musterstadt im Direktchat: eins\n        zwei\n\n          drei",
        Say("Musterstadt", TOWN, "eins\nzwei\n\n  drei"),
    ),
    ("Musterstadt im Direktchat:\n        eins", Say("Musterstadt", TOWN, "eins")),
    ("Musterstadt im Direktchat: ⟨2 × ⟨U+0020⟩⟩", Say("Musterstadt", TOWN, "  ")),
    ('Musterstadt in "Runde": a: b', Say("Musterstadt", ROUND, "a: b")),
    ("Musterstadt antwortet auf „Thema 1:“: +1", Reply("Musterstadt", TOWN, "Thema 1:", "+1")),
    ("Musterstadt antwortet in „Runde“ auf „Ja?“: ⟨3 × ja⟩", Reply("Musterstadt", ROUND, "Ja?", "jajaja")),
    ("Musterstadt ändert in „Runde“ „alt“ in: neu", Change("Musterstadt", ROUND, "alt", "neu")),
    ("Musterstadt drückt [Ja]", Press("Musterstadt", TOWN, "Ja")),
    ("Musterstadt drückt in „Runde“ auf „Thema“ [A [b]]", Press("Musterstadt", ROUND, "A [b]", "Thema")),
    ("Musterstadt drückt verspätet [Ja]", Press("Musterstadt", TOWN, "Ja", late=True)),
    (
        "Musterdorf fälscht einen Druck auf [Ja] aus dem Direktchat von Musterstadt",
        Forge("Musterdorf", "Ja", "Musterstadt"),
    ),
    ("Musterstadt fälscht einen Druck auf Knopf 99", ForgeNumber("Musterstadt", 99)),
    ("Musterdorf öffnet den Chat", Open("Musterdorf")),
    ("Musterdorf öffnet den Chat mit Code R1-ABC", Open("Musterdorf", "R1-ABC")),
    ("Musterstadt verlässt den Direktchat", Leave("Musterstadt", TOWN)),
    ("Musterstadt verlässt „Runde“", Leave("Musterstadt", ROUND)),
    ("Zeit: 2 Wochen später", Wait(timedelta(weeks=2))),
    ("Zeit: 1 Tag später", Wait(timedelta(days=1))),
    ("Neustart", Restart()),
]


@pytest.mark.parametrize(("text", "act"), ACTS, ids=[text for text, _ in ACTS])
def test_acts(text: str, act: Act) -> None:
    (scene,) = read(text).scenes
    assert scene.act == act


def test_what_appears_is_told_chat_by_chat() -> None:
    (scene,) = read("""\
Musterstadt in „Runde“: Wie?
    Hinweis an Musterstadt: Danke.
    # Wird nicht gelesen.
    In „Runde“, geändert:
        eins

        # zwei
        [A] [B]

    An Musterdorf: ⟨2 × kurz ⟩
""").scenes
    assert scene.entries == (
        Entry(TOWN, Kind.NOTICE, ("Danke.",)),
        Entry(ROUND, Kind.EDIT, ("eins", "", "# zwei", "[A] [B]")),
        Entry(Chat("Musterdorf"), Kind.MESSAGE, ("kurz kurz ",)),
    )


MISTAKES = [
    ("Musterdrof im Direktchat: Hallo", 16, "„Musterdrof“ steht nicht unter „Personen“. Ist „Musterdorf“ gemeint?"),
    ("Musterstadt in „Rund“: Hallo", 16, "„Rund“ steht nicht unter „Räume“. Ist „Runde“ gemeint?"),
    ("Musterstadt im Direktchat:", 16, "Es fehlt, was Musterstadt schreibt."),
    ("Musterstadt drückt Ja", 16, "Was Musterstadt hier tut, ist nicht zu verstehen. Die Formen zeigt README.md."),
    ("Neustart\n    An Musterstadt:", 17, "Unter dieser Zeile fehlt, was dort zu lesen ist."),
    ("Neustart\n    Musterstadt: Hallo", 17, "Hier steht „An …:“, „In „…“:“ oder „Hinweis an …:“, sonst nichts."),
    ("Neustart\n        Hallo", 17, "Über diesem Text fehlt, wem er erscheint, zum Beispiel „An …:“."),
    ("Neustart\n   An Musterstadt: Hallo", 17, "Die Zeile ist 3 Stellen eingerückt; üblich sind 0, 4 oder 8."),
    ("Neustart\n\tAn Musterstadt: Hallo", 17, "Bitte mit Leerzeichen einrücken, nicht mit dem Tabulator."),
    ("Musterstadt drückt [Ja]\n        Hallo", 17, "Zu dieser Handlung gehört kein Text."),
    ("# nichts", 17, "Es geschieht nichts."),
]


@pytest.mark.parametrize(("acts", "line", "what"), MISTAKES, ids=[what for _, _, what in MISTAKES])
def test_mistakes_are_named_with_their_line(acts: str, line: int, what: str) -> None:
    with pytest.raises(Mistake) as mistake:
        read(acts + "\n")
    assert str(mistake.value) == f"probe.txt, Zeile {line}: {what}"


HEADS = [
    ("Titel: Probe\nNeustart\n", 1, "Oben fehlt die Zeile „Zweck: …“."),
    (HEAD.replace("Gast", "Gästin"), 5, "„Gästin“ steht nicht unter „Rollen“. Ist „Gast“ gemeint?"),
    (HEAD.replace("per Du", "per Ihr"), 4, "„per Ihr“ sagt nichts über eine Person."),
    (HEAD.replace("nicht verbunden", "zu"), 8, "„zu“ sagt nichts über einen Raum."),
    (HEAD.replace("anonym", "geheim"), 11, "„geheim“ sagt nichts über ein Thema."),
    (
        HEAD.replace("an\n", "ja\n"),
        13,
        "Einzustellen sind „Freigabe“ und „Zustimmung“ mit „an“ oder „aus“, und „Beitritt: …“.",
    ),
    (HEAD.replace("Einstellungen", "Räume"), 12, "„Räume“ steht schon weiter oben."),
]


@pytest.mark.parametrize(("head", "line", "what"), HEADS, ids=[what for _, _, what in HEADS])
def test_mistakes_in_the_head(head: str, line: int, what: str) -> None:
    with pytest.raises(Mistake) as mistake:
        read("Neustart\n", head)
    assert str(mistake.value) == f"probe.txt, Zeile {line}: {what}"


def test_nothing_is_hidden_and_nothing_looks_like_something_else() -> None:
    shown = revealed("a\u200bb\u00a0\n[Ja]\n(Bild: x)\n\\\n👨‍👩‍👧 ⟨x⟩  \n\nEnde\n")
    assert shown == (
        "a⟨U+200B⟩b⟨U+00A0⟩",
        "\\[Ja]",
        "\\(Bild: x)",
        "\\\\",
        "👨‍👩‍👧 ⟨U+27E8⟩x⟨U+27E9⟩",
        "",
        "Ende",
    )
    assert understood("a⟨U+200B⟩b⟨3 × c ⟩") == "a\u200bbc c c "
