"""The same to many: once each, in their words, stopped, changed and counted."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from domain.announcements import subject
from domain.audiences import Audience, Part
from domain.chat import RECEIVED, Action, Address, Attachment, Button, Html, Message, Outgoing
from domain.delivery import Dead, Failure, Retry
from domain.people import Form
from storage import audiences, mailings, outbox, people, rooms
from storage.audiences import Ways
from storage.database import Database, Transaction
from storage.mailings import Contents, Mailing
from tests.storage.samples import DIRECT, LATER, NOW, claim, member, room
from tests.storage.test_audiences import CHANNELS, seated

ABOUT = subject(7)


def contents(word: str) -> Contents:
    button = Button("Gelesen", Action("announcements.read", (7,)), "Gelesen")
    return {
        ("de", "sie"): Message(Html(f"{word} Sie"), ((button,),)),
        ("de", "du"): Message(Html(f"{word} du"), ((button,),)),
        ("en", "sie"): Message(Html(f"{word} you")),
    }


def mailing(word: str = "Für", **values: object) -> Mailing:
    shared = {"subject": ABOUT, "key": ABOUT, "contents": contents(word), "due": NOW, "now": NOW}
    return Mailing(**(shared | values))  # type: ignore[arg-type]


def send(db: Transaction, what: Mailing | None = None) -> int:
    return mailings.add_for_people(db, what or mailing(), audiences.recipients(Audience(), "news", CHANNELS))


def three(db: Transaction) -> None:
    seated(db, "Musterstadt")
    people.change_member(db, seated(db, "Musterdorf").id, form=Form.DU)
    people.change_member(db, seated(db, "Newtown").id, language="en")


def said(db: Transaction) -> dict[str, str]:
    table = outbox.outbox
    rows = db.execute(sa.select(table.c.chat, table.c.text).where(table.c.replaces.is_(None)).order_by(table.c.id))
    return {row.chat: row.text for row in rows}


def deliver(db: Transaction) -> list[str]:
    """Every waiting row reaches its chat; returns the texts."""
    texts: list[str] = []
    while claimed := claim(db):
        outbox.settle_sent(db, [(row.id, f"m{row.message.replaces or row.id}") for row in claimed], NOW)
        texts += [row.message.content.text for row in claimed]
    return texts


def test_each_reads_their_own_words_and_nobody_gets_it_twice(database: Database) -> None:
    with database.begin() as db:
        three(db)
        assert send(db) == 3
        assert said(db) == {"@Musterstadt": "Für Sie", "@Musterdorf": "Für du", "@Newtown": "Für you"}
        assert send(db) == 0
        seated(db, "Neustadt")
        assert send(db) == 1
        claimed = claim(db)
    assert {row.message.key for row in claimed} == {f"{ABOUT}:m{number}" for number in (1, 2, 3, 4)}
    assert claimed[0].message.content == contents("Für")["de", "sie"]


def test_a_chat_that_we_begin_is_the_persons_id_until_it_is_there(database: Database) -> None:
    ways = Ways(("local", "matrix"), opening=("matrix",))
    with database.begin() as db:
        unopened = member(db, "Musterstadt")
        people.change_member(db, unopened.id, language="en")
        people.add_account(db, unopened.id, "matrix", "@u:server", "matrix", "")
        recipients = audiences.recipients(Audience(), "news", ways)
        for added in (1, 0):
            assert mailings.add_for_people(db, mailing(), recipients) == added
        assert said(db) == {"@u:server": "Für you"}
        (account,) = people.list_accounts(db, unopened.id)
        assert (account.chat, account.reachable) == ("@u:server", True)
        mailings.rewrite_all(db, ABOUT, contents("Neu für"), contents("Neu für"), NOW)
        assert said(db) == {"@u:server": "Neu für you"}
        assert mailings.withdraw(db, unopened.id, "announcement", NOW) == 1


def test_what_nobody_saw_was_not_delivered(database: Database) -> None:
    with database.begin() as db:
        three(db)
        send(db)
        deliver(db)
        there = Address("local", "@Musterdorf", private=True)
        outbox.add_outgoing(db, Outgoing(to=there, content=Message(Html("noch etwas"))), NOW)
        assert outbox.give_up_unseen(db, there, NOW) == {ABOUT, ""}
        found = mailings.tally(db, ABOUT)
        assert (found.sent, found.waiting, found.dead) == (2, 0, {"declined": 1})
        assert [one.name for one in mailings.list_unserved(db, ABOUT, 10)] == ["Musterdorf"]
        assert claim(db) == []


def test_people_with_quiet_hours_get_it_later(database: Database) -> None:
    with database.begin() as db:
        three(db)
        people.change_member(db, 2, quiet_from=60, quiet_until=120)
        recipients = audiences.recipients(Audience(), "news", CHANNELS)
        assert mailings.list_quiet(db, recipients) == [(60, 120)]
        send(db, mailing(quiet={(60, 120): LATER}))
        assert {row.message.to.chat for row in claim(db)} == {"@Musterstadt", "@Newtown"}
        (later,) = claim(db, now=LATER)
        assert (later.message.to.chat, later.created) == ("@Musterdorf", LATER)


def test_rooms_get_it_in_their_language(database: Database) -> None:
    with database.begin() as db:
        rooms.change_room(db, room(db).id, language="en")
        places = audiences.rooms_of(Audience((Part("rooms"),)), CHANNELS)
        assert mailings.add_for_rooms(db, mailing(), places) == 1
        assert mailings.add_for_rooms(db, mailing(), places) == 0
        (row,) = claim(db)
    assert (row.message.content.text, row.message.to.private) == ("Für you", False)


def test_what_waits_can_be_stopped_by_the_sender_and_by_a_reader(database: Database) -> None:
    with database.begin() as db:
        three(db)
        send(db)
        assert mailings.withdraw(db, 2, "announcement", NOW) == 1
        assert mailings.withdraw(db, 2, "announcement", NOW) == 0
        (first, *_) = claim(db, most=1)
        assert mailings.cancel(db, ABOUT, NOW) == 1
        outbox.settle_sent(db, [(first.id, "m1")], NOW)
        found = mailings.tally(db, ABOUT)
    assert (found.waiting, found.sent, found.dead) == (0, 1, {"cancelled": 1, "left": 1})
    assert (found.failed, found.total) == (2, 3)


def test_new_words_reach_those_who_have_it_and_those_who_will(database: Database) -> None:
    with database.begin() as db:
        three(db)
        room(db)
        send(db)
        mailings.add_for_rooms(db, mailing(), audiences.rooms_of(Audience((Part("rooms"),)), CHANNELS))
        (shown,) = claim(db, most=1)
        outbox.settle_sent(db, [(shown.id, "m1")], NOW)
        mailings.rewrite_all(db, ABOUT, contents("Neu für"), contents("Neu für"), LATER)
        assert said(db) == {
            "@Musterstadt": "Für Sie",
            "@Musterdorf": "Neu für du",
            "@Newtown": "Neu für you",
            "rathaus": "Neu für Sie",
        }
        assert deliver(db).count("Neu für Sie") == 1
        assert mailings.tally_edits(db, ABOUT, LATER).waiting == 1
        while claimed := claim(db, now=LATER):
            assert [row.message.content.text for row in claimed] == ["Neu für Sie"]
            outbox.settle_sent(db, [(row.id, "m1") for row in claimed], LATER)
        assert mailings.tally_edits(db, ABOUT, LATER).sent == 1


def test_of_two_changes_that_wait_the_later_is_shown(database: Database) -> None:
    with database.begin() as db:
        three(db)
        send(db)
        deliver(db)
        for word in ("Neu für", "Ganz neu für"):
            mailings.rewrite_all(db, ABOUT, contents(word), contents(word), NOW)
        assert sorted(deliver(db)) == ["Ganz neu für Sie", "Ganz neu für du", "Ganz neu für you"]


def test_a_picture_stays_with_new_words_and_is_sent_to_those_who_have_it_not(database: Database) -> None:
    picture = Attachment("plan.png", "image/png", RECEIVED, ("local", "ref", 4), "Ein Plan")
    with_picture = {manner: replace(content, attachment=picture) for manner, content in contents("Mit").items()}
    with database.begin() as db:
        three(db)
        send(db, mailing(contents=with_picture))
        (shown,) = claim(db, most=1)
        outbox.settle_sent(db, [(shown.id, "m1")], NOW)
        mailings.rewrite_all(db, ABOUT, with_picture, with_picture, NOW)
        (waiting, other, edit) = claim(db)
        assert {waiting.message.content.attachment, other.message.content.attachment} == {picture}
        assert (edit.message.replaces, edit.message.content.attachment) == (shown.id, picture.kept())
        outbox.settle_sent(db, [(row.id, f"m{row.id}") for row in (waiting, other, edit)], NOW)
        mailings.rewrite_all(db, ABOUT, contents("Ohne"), contents("Ohne"), NOW)
        assert [row.message.content.attachment for row in claim(db)] == [None] * 3


def test_an_edit_in_doubt_is_not_rewritten_but_followed_by_another(database: Database) -> None:
    with database.begin() as db:
        seated(db, "Musterstadt")
        send(db)
        deliver(db)
        mailings.rewrite_all(db, ABOUT, contents("Neu für"), contents("Neu für"), NOW)
        (first,) = claim(db)
        outbox.settle_failed(db, first.id, Failure.UNCERTAIN, Retry(NOW), NOW)
        mailings.rewrite_all(db, ABOUT, contents("Ganz neu für"), contents("Ganz neu für"), LATER)
        (second,) = claim(db, now=LATER)
        assert second.id != first.id
        assert second.message.content.text == "Ganz neu für Sie"
        assert mailings.tally_edits(db, ABOUT, LATER).failed == 0


def test_what_is_perhaps_on_show_is_not_stopped_so_that_it_can_be_changed(database: Database) -> None:
    with database.begin() as db:
        three(db)
        send(db)
        doubtful, away, _ = claim(db)
        outbox.settle_failed(db, doubtful.id, Failure.UNCERTAIN, Retry(NOW), NOW)
        outbox.settle_failed(db, away.id, Failure.UNREACHABLE, Retry(NOW), NOW)
        assert mailings.cancel(db, ABOUT, NOW) == 1
        mailings.rewrite_all(db, ABOUT, contents("Weg für"), contents("Weg für"), NOW)
        assert [row.id for row in claim(db)] == [doubtful.id]
        outbox.settle_sent(db, [(doubtful.id, "m1")], NOW)
        assert [row.message.replaces for row in claim(db)] == [doubtful.id]


def test_whoever_shows_the_old_words_is_named(database: Database) -> None:
    with database.begin() as db:
        three(db)
        send(db)
        deliver(db)
        mailings.rewrite_all(db, ABOUT, contents("Neu für"), contents("Neu für"), LATER)
        for row in claim(db, now=LATER):
            if row.message.to.chat == "@Newtown":
                outbox.settle_failed(db, row.id, Failure.REJECTED, Dead(Failure.REJECTED), LATER)
            else:
                outbox.settle_sent(db, [(row.id, "m")], LATER)
        assert [one.name for one in mailings.list_unedited(db, ABOUT, LATER, 10)] == ["Newtown"]
        assert mailings.list_unserved(db, ABOUT, 10) == []


def test_whoever_was_not_served_is_named_with_the_reason(database: Database) -> None:
    with database.begin() as db:
        three(db)
        room(db)
        send(db)
        mailings.add_for_rooms(db, mailing(), audiences.rooms_of(Audience((Part("rooms"),)), CHANNELS))
        failures = {"@Musterdorf": Failure.GONE, "@Newtown": Failure.UNCERTAIN, "rathaus": Failure.REJECTED}
        for row in claim(db):
            if failure := failures.get(row.message.to.chat):
                outbox.settle_failed(db, row.id, failure, Dead(failure), NOW)
            else:
                outbox.settle_sent(db, [(row.id, "m1")], NOW)
        found = mailings.list_unserved(db, ABOUT, 10)
        assert [(one.name, one.reason) for one in found] == [
            ("Musterdorf", "gone"),
            ("Newtown", "uncertain"),
            ("Gruppe Nord", "rejected"),
        ]
        assert mailings.list_unserved(db, ABOUT, 1) == found[:1]


def test_a_row_is_found_by_its_key(database: Database) -> None:
    with database.begin() as db:
        assert mailings.find_keyed(db, "report") is None
        row = outbox.add_outgoing(db, Outgoing(to=DIRECT, content=Message(Html("x")), key="report"), NOW)
        assert mailings.find_keyed(db, "report") == (row, DIRECT)


def test_a_thousand_are_queued_by_a_handful_of_statements(database: Database) -> None:
    statements: list[str] = []
    with database.begin() as db:
        shared = {"role": "participant", "language": "de", "form": "sie", "preferred": "", "joined": NOW}
        db.execute(sa.insert(people.members), [shared | {"id": n, "name": f"Ort {n}"} for n in range(1, 1001)])
        reached = {"kind": "local", "channel": "local", "reachable": True}
        places = [reached | {"member": n, "user": f"u{n}", "chat": f"c{n}"} for n in range(1, 1001)]
        db.execute(sa.insert(people.accounts), places)
        sa.event.listen(db, "before_cursor_execute", lambda _c, _cu, statement, *_: statements.append(statement))
        assert send(db, mailing(due=NOW + timedelta(hours=1))) == 1000
    assert len(statements) == (2 if database.sqlite else 3)
    if not database.sqlite:
        with database.read() as db:
            told = db.exec_driver_sql("SELECT reltuples FROM pg_class WHERE relname = 'outbox'").scalar_one()
        assert told == 1000, "the database knows how much waits, or it would look through all of it for each row"
