"""Rows on their way out: queued once, claimed, settled, edited, found again by what a chat shows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.chat import Address, Html, Message, Urgency
from domain.delivery import Dead, Failure, Retry
from storage import outbox
from storage.database import LARGEST_ID, Database, Transaction
from tests.storage.samples import (
    BUTTON,
    CHAT,
    DIRECT,
    LATER,
    LEASE,
    NOW,
    PICTURE,
    claim,
    outgoing,
    queue,
    sent,
    urgent,
)

KEYBOARD = ((BUTTON,), (BUTTON, BUTTON))


def texts(claimed: list[outbox.Claimed]) -> list[str]:
    return [row.message.content.text for row in claimed]


def settle(db: Transaction, row: outbox.Claimed, shown_as: str = "m") -> None:
    outbox.settle_sent(db, [(row.id, shown_as)], NOW)


def test_a_message_comes_out_as_it_went_in(database: Database) -> None:
    message = replace(
        outgoing("Ä & <b>ß</b> 🙂 \u202e", keyboard=KEYBOARD),
        content=Message(Html("Ä & <b>ß</b> 🙂 \u202e"), KEYBOARD, PICTURE),
        urgency=Urgency.REMINDER,
        not_before=NOW - timedelta(hours=1),
        key="once",
        subject="topic:1",
        reply_to="42",
    )
    with database.begin() as db:
        row = queue(db, message)
        (claimed,) = claim(db)
    assert claimed == outbox.Claimed(row, message, 1, NOW, None)


def test_a_key_is_queued_once(database: Database) -> None:
    with database.begin() as db:
        assert outbox.add_outgoing(db, replace(outgoing(), key="once"), NOW)
        assert outbox.add_outgoing(db, replace(outgoing(to=DIRECT), key="once"), NOW) is None
        assert outbox.add_outgoing(db, replace(outgoing(), key="other"), NOW)


def test_messages_without_a_key_are_all_queued(database: Database) -> None:
    with database.begin() as db:
        assert queue(db, outgoing()) != queue(db, outgoing())


def test_one_row_of_a_chat_at_a_time_in_order(database: Database) -> None:
    with database.begin() as db:
        for text in ("1", "2", "3"):
            queue(db, outgoing(text))
        for text in ("1", "2", "3"):
            (row,) = claim(db)
            assert row.message.content.text == text
            assert claim(db) == []
            settle(db, row)


def test_chats_do_not_wait_for_each_other(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing("1"))
        queue(db, outgoing("2", DIRECT))
        queue(db, outgoing("3"))
        assert texts(claim(db)) == ["1", "2"]


def test_the_same_chat_name_on_another_channel_is_another_chat(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing("1"))
        queue(db, outgoing("2", replace(CHAT, channel="telegram")))
        assert texts(claim(db)) == ["1"]
        assert texts(claim(db, "telegram")) == ["2"]


def test_replies_go_before_reminders_before_announcements(database: Database) -> None:
    with database.begin() as db:
        for urgency in (Urgency.ANNOUNCEMENT, Urgency.REMINDER, Urgency.REPLY):
            queue(db, urgent(outgoing(urgency.name), urgency))
            queue(db, urgent(outgoing(urgency.name, replace(DIRECT, chat=urgency.name)), urgency))
        assert texts(claim(db)) == ["REPLY", "REPLY", "REMINDER", "ANNOUNCEMENT"]


def test_only_so_many_and_only_so_urgent(database: Database) -> None:
    with database.begin() as db:
        for number in range(5):
            urgency = Urgency.ANNOUNCEMENT if number < 3 else Urgency.REPLY
            queue(db, urgent(outgoing(str(number), replace(DIRECT, chat=str(number))), urgency))
        assert texts(claim(db, most=1)) == ["3"]
        assert texts(claim(db, urgency=Urgency.REMINDER)) == ["4"]
        assert texts(claim(db, most=2)) == ["0", "1"]


def test_not_before_its_time_and_in_nobodys_way(database: Database) -> None:
    with database.begin() as db:
        queue(db, replace(outgoing("later"), not_before=LATER))
        queue(db, outgoing("now"))
        assert texts(claim(db)) == ["now"]
        assert claim(db) == []
        assert outbox.find_next_due(db, "local", NOW) == LATER


def test_next_due_leaves_out_what_waits_for_others(database: Database) -> None:
    with database.begin() as db:
        assert outbox.find_next_due(db, "local", NOW) is None
        queue(db, outgoing("1"))
        queue(db, outgoing("2"))
        (row,) = claim(db)
        assert outbox.find_next_due(db, "local", NOW) is None
        outbox.settle_failed(db, row.id, Failure.THROTTLED, Retry(LATER), NOW)
        assert outbox.find_next_due(db, "local", NOW) == LATER
        assert outbox.find_next_due(db, "telegram", NOW) is None


def test_a_retry_keeps_its_place(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing("1"))
        queue(db, outgoing("2"))
        (row,) = claim(db)
        outbox.settle_failed(db, row.id, Failure.THROTTLED, Retry(LATER), NOW)
        assert claim(db) == []
        (again,) = claim(db, now=LATER)
        assert (again.message.content.text, again.attempts) == ("1", 2)


def test_a_reply_overtakes_the_retry_of_an_announcement(database: Database) -> None:
    with database.begin() as db:
        queue(db, urgent(outgoing("announcement"), Urgency.ANNOUNCEMENT))
        (row,) = claim(db)
        outbox.settle_failed(db, row.id, Failure.THROTTLED, Retry(LATER), NOW)
        queue(db, outgoing("reply"))
        assert texts(claim(db)) == ["reply"]


def test_a_dead_row_makes_way(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing("1"))
        queue(db, outgoing("2"))
        (row,) = claim(db)
        outbox.settle_failed(db, row.id, Failure.REJECTED, Dead(Failure.REJECTED), NOW)
        assert texts(claim(db)) == ["2"]
        assert outbox.count_states(db) == {("local", "dead"): 1, ("local", "sending"): 1}


def test_a_released_row_was_not_attempted(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing())
        (row,) = claim(db)
        outbox.release(db, row.id)
        (again,) = claim(db)
        assert (again.id, again.attempts) == (row.id, 1)


def test_a_late_word_about_an_earlier_attempt_changes_nothing(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing())
        (slow,) = claim(db)
        outbox.settle_failed(db, slow.id, Failure.UNCERTAIN, Retry(NOW), NOW)
        (quick,) = claim(db, holder="process:2")
        outbox.settle_failed(db, slow.id, Failure.THROTTLED, Retry(NOW), NOW, attempts=slow.attempts)
        outbox.release(db, slow.id, attempts=slow.attempts)
        assert claim(db) == []
        outbox.settle_failed(db, quick.id, Failure.THROTTLED, Retry(NOW), NOW, attempts=quick.attempts)
        assert len(claim(db)) == 1


def test_what_was_sent_stays_sent(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing(), "m1")
        outbox.settle_failed(db, row, Failure.UNCERTAIN, Retry(NOW), NOW)
        outbox.release(db, row)
        assert claim(db) == []
        assert outbox.count_states(db) == {("local", "sent"): 1}


def test_a_confirmation_after_all_ends_the_retries(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing())
        (row,) = claim(db)
        outbox.settle_failed(db, row.id, Failure.UNCERTAIN, Retry(NOW), NOW)
        settle(db, row)
        assert claim(db) == []


def test_nothing_sent_is_nothing_to_settle(database: Database) -> None:
    with database.begin() as db:
        outbox.settle_sent(db, [], NOW)
        assert outbox.count_states(db) == {}


def test_abandoned_by_time_or_by_death(database: Database) -> None:
    with database.begin() as db:
        for number, holder in enumerate(("process:1", "process:2", "process:2")):
            queue(db, outgoing(str(number), replace(DIRECT, chat=str(number))))
            claim(db, holder=holder, now=NOW + timedelta(seconds=30 * number))
        queue(db, outgoing("elsewhere", replace(CHAT, channel="telegram")))
        claim(db, "telegram", holder="process:2")
        assert sorted(outbox.list_holders(db, "local")) == ["process:1", "process:2"]
        assert outbox.list_abandoned(db, "local", NOW, []) == []
        assert texts(outbox.list_abandoned(db, "local", NOW, ["process:2"])) == ["1", "2"]
        just_after = NOW + LEASE + timedelta(seconds=1)
        assert texts(outbox.list_abandoned(db, "local", just_after, [])) == ["0"]
        assert texts(outbox.list_abandoned(db, "local", just_after, ["process:2", "process:3"])) == ["0", "1", "2"]


def test_leases_can_be_extended_while_they_are_ours(database: Database) -> None:
    with database.begin() as db:
        for number in range(3):
            queue(db, outgoing(str(number), replace(DIRECT, chat=str(number))))
        rows = claim(db)
        outbox.settle_failed(db, rows[0].id, Failure.UNCERTAIN, Retry(NOW), NOW)
        claim(db, holder="process:2")
        settle(db, rows[1])
        assert outbox.extend_leases(db, rows, LATER) == {rows[2].id}
        still = NOW + LEASE + timedelta(seconds=1)
        assert texts(outbox.list_abandoned(db, "local", still, [])) == ["0"]
        assert outbox.extend_leases(db, [], LATER) == set()


def test_an_edit_names_the_message_it_edits(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing("card"), "m1")
        queue(db, outgoing("card, edited", replaces=row))
        (edit,) = claim(db)
        assert (edit.original, edit.message.replaces) == ("m1", row)
        settle(db, edit, "m1")


def test_edits_that_wait_are_overwritten(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing("card"), "m1")
        first = outbox.refresh(db, outgoing("1", replaces=row), NOW)
        assert outbox.refresh(db, outgoing("2", replaces=row), LATER) == first
        assert outbox.add_outgoing(db, outgoing("3", replaces=row, keyboard=KEYBOARD), LATER) == first
        (edit,) = claim(db)
        assert (edit.id, edit.message.content) == (first, Message(Html("3"), KEYBOARD))
        assert edit.created == LATER
        outbox.refresh(db, outgoing("4", replaces=row), LATER)
        settle(db, edit, "m1")
        assert texts(claim(db, now=LATER)) == ["4"]


def test_an_edit_of_what_still_waits_changes_it_in_place(database: Database) -> None:
    with database.begin() as db:
        row = queue(db, outgoing("old"))
        assert outbox.refresh(db, outgoing("new", replaces=row, keyboard=KEYBOARD), NOW) == row
        (claimed,) = claim(db)
        assert (claimed.id, claimed.message.content, claimed.original) == (row, Message(Html("new"), KEYBOARD), None)


def test_an_edit_of_what_is_being_sent_follows_it(database: Database) -> None:
    with database.begin() as db:
        row = queue(db, urgent(outgoing("card"), Urgency.ANNOUNCEMENT))
        (card,) = claim(db)
        outbox.refresh(db, outgoing("edit", replaces=row), NOW)
        assert claim(db) == []
        outbox.settle_failed(db, row, Failure.THROTTLED, Retry(LATER), NOW)
        assert claim(db) == [], "the edit waits behind the message, however urgent it is itself"
        (again,) = claim(db, now=LATER)
        assert again.id == card.id
        settle(db, again, "m1")
        (edit,) = claim(db, now=LATER)
        assert (edit.message.content.text, edit.original) == ("edit", "m1")


def test_what_was_given_up_is_not_edited(database: Database) -> None:
    with database.begin() as db:
        row = queue(db, outgoing("card"))
        claim(db)
        waiting = outbox.refresh(db, outgoing("while it was on its way", replaces=row), NOW)
        outbox.settle_failed(db, row, Failure.GONE, Dead(Failure.GONE), NOW)
        assert outbox.refresh(db, outgoing("afterwards", replaces=row), NOW) is None
        (edit,) = claim(db)
        assert (edit.id, edit.message.replaces, edit.original) == (waiting, row, None)
        outbox.settle_failed(db, edit.id, Failure.REJECTED, Dead(Failure.REJECTED), NOW)
        assert outbox.refresh(db, outgoing("much later", replaces=row), NOW) is None
        assert claim(db) == []


def test_an_edit_goes_where_the_message_is(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing("card"), "m1")
        outbox.move_chat(db, CHAT, "umgezogen")
        outbox.refresh(db, outgoing("edit", replaces=row), NOW)
        (edit,) = claim(db)
        assert edit.message.to == replace(CHAT, chat="umgezogen")


def test_rewriting_only_before_it_is_sent(database: Database) -> None:
    with database.begin() as db:
        row = queue(db, outgoing("old"))
        assert outbox.rewrite(db, row, Message(Html("new")))
        assert texts(claim(db)) == ["new"]
        assert not outbox.rewrite(db, row, Message(Html("too late")))
        assert not outbox.rewrite(db, row + 1, Message(Html("nothing")))


def test_shown_by_row_or_by_the_messengers_id(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, replace(outgoing(keyboard=KEYBOARD), subject="topic:1"), "m1")
        expected = outbox.Shown(row, KEYBOARD, "topic:1", "m1")
        assert outbox.find_shown(db, CHAT, row=row) == expected
        assert outbox.find_shown(db, CHAT, message="m1") == expected


def test_shown_only_in_its_own_chat(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing(keyboard=KEYBOARD), "m1")
        for elsewhere in (DIRECT, replace(CHAT, channel="telegram")):
            assert outbox.find_shown(db, elsewhere, row=row) is None
            assert outbox.find_shown(db, elsewhere, message="m1") is None
            assert outbox.find_last_shown(db, elsewhere) is None


@pytest.mark.parametrize("row", [0, -1, 999, LARGEST_ID, LARGEST_ID + 1, 2**63, 10**30])
def test_a_forged_row_shows_nothing(database: Database, row: int) -> None:
    with database.begin() as db:
        sent(db, outgoing(keyboard=KEYBOARD), "m1")
        assert outbox.find_shown(db, CHAT, row=row) is None
        assert outbox.find_shown(db, CHAT, message="unknown") is None


def test_the_last_edit_says_what_the_buttons_mean(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing(keyboard=KEYBOARD), "m1")
        edit = sent(db, outgoing(keyboard=((BUTTON,),), replaces=row), "m1")
        assert outbox.find_shown(db, CHAT, message="m1") == outbox.Shown(row, ((BUTTON,),), "", "m1")
        by_row = outbox.find_shown(db, CHAT, row=edit)
        assert by_row is not None
        assert by_row.row == row


def test_a_typed_number_means_the_newest_message_with_buttons(database: Database) -> None:
    with database.begin() as db:
        assert outbox.find_last_shown(db, CHAT) is None
        card = sent(db, outgoing(keyboard=((BUTTON,),)), "m1")
        listed = sent(db, outgoing(keyboard=KEYBOARD), "m2")
        sent(db, outgoing("no buttons"), "m3")
        queue(db, outgoing("not shown yet", keyboard=((BUTTON,),)))
        assert shown_row(db) == listed
        claim(db)
        outbox.settle_sent(db, [(listed + 2, "m4")], NOW)
        sent(db, outgoing(keyboard=KEYBOARD, replaces=card), "m1")
        assert shown_row(db) == listed + 2, "an edit does not move its message down"


def test_an_edit_that_takes_the_buttons_away_takes_their_meaning(database: Database) -> None:
    with database.begin() as db:
        card = sent(db, outgoing(keyboard=((BUTTON,),)), "m1")
        listed = sent(db, outgoing(keyboard=KEYBOARD), "m2")
        sent(db, outgoing("done", replaces=listed), "m2")
        assert shown_row(db) == card
        sent(db, outgoing("again", keyboard=KEYBOARD, replaces=listed), "m2")
        assert shown_row(db) == listed


def shown_row(db: Transaction) -> int:
    shown = outbox.find_last_shown(db, CHAT)
    assert shown is not None
    return shown.row


def test_cards_are_the_newest_of_each_chat(database: Database) -> None:
    card = replace(outgoing(), subject="topic:1")
    other = Address("local", "zweite", private=False)
    with database.begin() as db:
        queue(db, card)
        newest = queue(db, card)
        queue(db, replace(card, subject="topic:2"))
        second = queue(db, replace(card, to=other))
        assert outbox.list_cards(db, "topic:1", NOW, "") == [(newest, CHAT), (second, other)]
        assert outbox.list_cards(db, "topic:1", LATER, "") == []
        assert outbox.list_cards(db, "topic:9", NOW, "") == []


def test_of_direct_chats_only_the_one_that_acts_is_brought_up_to_date(database: Database) -> None:
    card = replace(outgoing(), subject="topic:1")
    with database.begin() as db:
        row = queue(db, card)
        direct = queue(db, replace(card, to=DIRECT))
        queue(db, replace(card, to=replace(DIRECT, chat="jemand anders")))
        assert outbox.list_cards(db, "topic:1", NOW, DIRECT.chat) == [(row, CHAT), (direct, DIRECT)]


def test_the_newest_in_every_direct_chat_and_those_that_wait(database: Database) -> None:
    card = replace(outgoing(), subject="question:1")
    other = replace(card, to=replace(DIRECT, chat="jemand anders"))
    with database.begin() as db:
        older, newer = (sent(db, replace(card, to=DIRECT), message) for message in ("m1", "m2"))
        waiting = queue(db, other)
        queue(db, replace(other, subject="question:2"))
        assert older < newer
        assert outbox.list_newest(db, "question:1", NOW) == [(newer, DIRECT), (waiting, other.to)]
        assert outbox.list_newest(db, "question:1", LATER) == []


def test_everywhere_is_in_every_chat_and_older_ones_too(database: Database) -> None:
    card = replace(outgoing(), subject="vote-ballot:1")
    direct = replace(card, to=DIRECT)
    with database.begin() as db:
        rows = [sent(db, one, f"m{number}") for number, one in enumerate((card, direct, direct))]
        sent(db, replace(card, subject="vote-ballot:2"), "m3")
        queue(db, direct)
        found = outbox.list_everywhere(db, "vote-ballot:1")
        assert found == list(zip(rows, (CHAT, DIRECT, DIRECT), strict=True))


def test_neither_edits_nor_failures_are_cards(database: Database) -> None:
    card = replace(outgoing(), subject="topic:1")
    with database.begin() as db:
        row = sent(db, card, "m1")
        sent(db, replace(card, replaces=row), "m1")
        failed = queue(db, card)
        claim(db)
        outbox.settle_failed(db, failed, Failure.REJECTED, Dead(Failure.REJECTED), NOW)
        assert outbox.list_cards(db, "topic:1", NOW, CHAT.chat) == [(row, CHAT)]
        assert outbox.list_everywhere(db, "topic:1") == [(row, CHAT)]


def test_a_room_takes_its_messages_along(database: Database) -> None:
    with database.begin() as db:
        row = sent(db, outgoing(keyboard=KEYBOARD), "m1")
        queue(db, outgoing("waiting"))
        queue(db, outgoing("elsewhere", DIRECT))
        outbox.move_chat(db, CHAT, "umgezogen")
        moved = replace(CHAT, chat="umgezogen")
        assert {claimed.message.to for claimed in claim(db)} == {moved, DIRECT}
        assert outbox.find_shown(db, moved, row=row) is not None


def test_messages_in_parts_of_a_room_go_along(database: Database) -> None:
    part, other = replace(CHAT, chat="rathaus/45"), replace(CHAT, chat="rathaus45")
    with database.begin() as db:
        for address in (part, CHAT, other):
            queue(db, outgoing(to=address))
        outbox.move_chat(db, CHAT, "neu")
        assert [row.message.to.chat for row in claim(db)] == ["neu/45", "neu", "rathaus45"]


def test_a_room_moves_while_something_is_being_sent_on_both_sides(database: Database) -> None:
    with database.begin() as db:
        queue(db, outgoing("old"))
        queue(db, outgoing("new", replace(CHAT, chat="umgezogen")))
        queue(db, outgoing("waiting"))
        assert texts(claim(db)) == ["old", "new"]
        outbox.move_chat(db, CHAT, "umgezogen")
        assert outbox.count_states(db) == {("local", "sending"): 2, ("local", "waiting"): 1}
        assert claim(db) == []


def test_scrubbing_keeps_meanings_and_nothing_else(database: Database) -> None:
    secret = replace(outgoing(), content=Message(Html("geheim"), KEYBOARD, PICTURE), subject="topic:1")
    with database.begin() as db:
        row = sent(db, secret, "m1")
        waiting = queue(db, outgoing("noch nicht gesendet"))
        assert outbox.scrub(db, NOW) == 0
        assert outbox.scrub(db, LATER) == 1
        assert outbox.scrub(db, LATER) == 0
        shown = outbox.find_shown(db, CHAT, row=row)
        assert shown is not None
        assert [[button.action for button in line] for line in shown.keyboard] == [
            [BUTTON.action],
            [BUTTON.action, BUTTON.action],
        ]
        assert {(button.label, button.say) for line in shown.keyboard for button in line} == {("", "")}
        left = db.execute(outbox.outbox.select().where(outbox.outbox.c.id == row)).one()
        assert (left.text, left.attachment, left.scrubbed) == ("", None, True)
        assert [claimed.id for claimed in claim(db)] == [waiting]


def test_dead_rows_are_scrubbed_too(database: Database) -> None:
    with database.begin() as db:
        row = queue(db, outgoing("geheim"))
        claim(db)
        outbox.settle_failed(db, row, Failure.GONE, Dead(Failure.GONE), NOW)
        assert outbox.scrub(db, LATER) == 1


def test_scrubbed_text_is_gone_from_the_file(sqlite: Database) -> None:
    secret = "Vertrauliches aus dem Rathaus"
    with sqlite.begin() as db:
        sent(db, outgoing(secret * 40), "m1")
    sqlite.close()
    assert secret in on_disk(sqlite)
    with sqlite.begin() as db:
        outbox.scrub(db, LATER)
    sqlite.close()
    assert secret not in on_disk(sqlite)


def on_disk(database: Database) -> str:
    """Closing the last connection moves the write-ahead log into the file."""
    assert database.url.database is not None
    return Path(database.url.database).read_bytes().decode("utf-8", "replace")
