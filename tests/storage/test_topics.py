"""Topics: found, opened, moved, carried and merged, also by several people at once."""

import threading
from collections.abc import Callable

import pytest

from domain.people import Role
from domain.refusal import Refused
from domain.topics import State, Support, Topic, Way
from storage import people, topics
from storage.database import LARGEST_ID, Conflict, Database, Transaction
from tests.storage.samples import LATER, NOW, member, topic


def test_a_topic_comes_back_as_it_was_proposed(database: Database) -> None:
    with database.begin() as db:
        author = member(db)
        made = topics.add_topic(db, "Wie?", "Darum", author.id, State.WAITING, NOW, anonymous=True)
        assert topics.find_topic(db, made.id) == topics.get_topic(db, made.id) == made
        assert (made.question, made.background, made.author, made.anonymous) == ("Wie?", "Darum", author.id, True)
        assert (made.state, made.merged_into, made.proposed) == (State.WAITING, None, NOW)
        assert topics.list_steps(db, made.id) == [topics.Step(State.WAITING, NOW)]


@pytest.mark.parametrize("number", [0, -1, 999, LARGEST_ID, LARGEST_ID + 1, 2**63, 10**40])
def test_an_unknown_number_is_refused(database: Database, number: int) -> None:
    with database.begin() as db:
        assert topics.find_topic(db, number) is None
        for get in (topics.get_topic, topics.get_open_topic):
            with pytest.raises(Refused) as caught:
                get(db, number)
            assert (caught.value.key, caught.value.values) == ("topics-unknown", {"number": str(number)})


def test_only_open_topics_can_be_acted_on(database: Database) -> None:
    with database.begin() as db:
        author = member(db)
        for state in State:
            found = topic(db, author, state=state)
            if state.open:
                assert topics.get_open_topic(db, found.id) == found
            else:
                with pytest.raises(Refused, match="topics-closed"):
                    topics.get_open_topic(db, found.id)


def test_a_merged_topic_says_where_it_went(database: Database) -> None:
    with database.begin() as db:
        author = member(db)
        source, target = topic(db, author), topic(db, author)
        topics.move_topic(db, source, State.MERGED, LATER, target.id)
        with pytest.raises(Refused) as caught:
            topics.get_open_topic(db, source.id)
        assert (caught.value.key, caught.value.values) == (
            "topics-merged-away",
            {"number": str(source.id), "into": str(target.id)},
        )
        assert topics.get_topic(db, source.id).merged_into == target.id


def test_what_is_not_published_is_read_by_author_and_coordination(database: Database) -> None:
    with database.begin() as db:
        author, other = member(db), member(db, "Anderswo")
        coordinator = member(db, "Koordination", Role.COORDINATOR)
        hidden, published = topic(db, author, state=State.WAITING), topic(db, author)
        for reader in (author, coordinator):
            assert topics.get_visible_topic(db, hidden.id, reader) == hidden
        assert topics.get_visible_topic(db, published.id, other) == published
        with pytest.raises(Refused, match="topics-unknown"):
            topics.get_visible_topic(db, hidden.id, other)


def test_steps_are_remembered(database: Database) -> None:
    with database.begin() as db:
        made = topic(db, member(db))
        topics.move_topic(db, made, State.ON_BALLOT, LATER)
        assert topics.get_topic(db, made.id).state is State.ON_BALLOT
        assert topics.list_steps(db, made.id) == [
            topics.Step(State.PROPOSED, NOW),
            topics.Step(State.ON_BALLOT, LATER),
        ]


def test_impossible_and_overtaken_steps_are_refused(database: Database) -> None:
    with database.begin() as db:
        made = topic(db, member(db))
        with pytest.raises(Refused, match="topics-no-such-move"):
            topics.move_topic(db, made, State.HELD, LATER)
        topics.move_topic(db, made, State.WITHDRAWN, LATER)
        with pytest.raises(Refused, match="topics-just-changed"):
            topics.move_topic(db, made, State.DECLINED, LATER)
        assert len(topics.list_steps(db, made.id)) == 2


def test_topics_change_their_words(database: Database) -> None:
    with database.begin() as db:
        made, other = topic(db, member(db)), topic(db, member(db))
        topics.change_topic(db, made.id, question="Wie genau?", background="Mehr", anonymous=True)
        changed = topics.get_topic(db, made.id)
        assert (changed.question, changed.background, changed.anonymous) == ("Wie genau?", "Mehr", True)
        assert topics.get_topic(db, other.id) == other


def test_topics_by_support_then_age(database: Database) -> None:
    with database.begin() as db:
        author, other = member(db), member(db, "Anderswo")
        first, second, third = topic(db, author), topic(db, author), topic(db, other)
        withdrawn = topic(db, author, state=State.WITHDRAWN)
        topics.add_support(db, third.id, author.id)
        topics.add_support(db, third.id, other.id)
        topics.add_support(db, second.id, other.id)
        assert ids(topics.list_topics(db)) == [third.id, second.id, first.id, withdrawn.id]
        assert ids(topics.list_topics(db, [State.PROPOSED])) == [third.id, second.id, first.id]
        assert ids(topics.list_topics(db, author=author.id)) == [second.id, first.id, withdrawn.id]
        assert ids(topics.list_topics(db, [State.HELD, State.WITHDRAWN], author.id)) == [withdrawn.id]
        assert topics.count_supporters(db, [first.id, second.id, third.id]) == {second.id: 1, third.id: 2}
        assert topics.count_supporters(db, []) == {}


def ids(found: list[Topic]) -> list[int]:
    return [one.id for one in found]


def test_support_counts_once_and_can_be_taken_back(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        made = topic(db, person)
        assert not topics.supports_topic(db, made.id, person.id)
        assert topics.add_support(db, made.id, person.id)
        assert not topics.add_support(db, made.id, person.id)
        assert topics.supports_topic(db, made.id, person.id)
        assert topics.count_support(db, made.id) == Support(1, 0, 0)
        assert topics.remove_support(db, made.id, person.id)
        assert not topics.remove_support(db, made.id, person.id)
        assert topics.count_support(db, made.id) == Support(0, 0, 0)


def test_contributions_change_and_can_be_taken_back(database: Database) -> None:
    with database.begin() as db:
        first, second = member(db), member(db, "Anderswo")
        made = topic(db, first)
        topics.set_contribution(db, made.id, second.id, Way.INPUT)
        topics.set_contribution(db, made.id, first.id, Way.INPUT)
        topics.set_contribution(db, made.id, second.id, Way.CONTACT)
        assert topics.list_contributors(db, made.id) == [
            topics.Contributor(first.id, "Musterstadt", Way.INPUT),
            topics.Contributor(second.id, "Anderswo", Way.CONTACT),
        ]
        topics.set_contribution(db, made.id, first.id, None)
        assert topics.count_support(db, made.id) == Support(0, 1, 0)


def test_comments_in_order_and_in_pages(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        made = topic(db, person)
        for number in range(3):
            topics.add_comment(db, made.id, person.id, f"Nr. {number}", NOW, "local", "c", str(number))
        listed = topics.list_comments(db, made.id, 1, 5)
        assert [(found.name, found.text, found.at) for found in listed] == [
            ("Musterstadt", "Nr. 1", NOW),
            ("Musterstadt", "Nr. 2", NOW),
        ]
        assert [found.text for found in topics.list_comments(db, made.id, 0, 1)] == ["Nr. 0"]
        assert topics.count_support(db, made.id) == Support(0, 0, 3)


def test_an_edited_message_edits_the_comment_of_its_author(database: Database) -> None:
    with database.begin() as db:
        person, other = member(db), member(db, "Anderswo")
        made = topic(db, person)
        topics.add_comment(db, made.id, person.id, "Alt", NOW, "local", "c", "1")
        assert topics.edit_comment(db, "local", "c", "1", person.id, "Neu") == made.id
        assert topics.edit_comment(db, "local", "c", "1", other.id, "Fremd") is None
        assert topics.edit_comment(db, "local", "c", "2", person.id, "Anderes") is None
        assert topics.edit_comment(db, "local", "d", "1", person.id, "Anderswo") is None
        assert [found.text for found in topics.list_comments(db, made.id, 0, 5)] == ["Neu"]


def test_merging_carries_everything_over(database: Database) -> None:
    with database.begin() as db:
        both, one, two = (member(db, name) for name in ("Beide", "Quelle", "Ziel"))
        source, target, other = (topic(db, both) for _ in range(3))
        for person, where in ((both, source), (one, source), (both, target), (two, target), (one, other)):
            topics.add_support(db, where.id, person.id)
        topics.set_contribution(db, source.id, both.id, Way.INPUT)
        topics.set_contribution(db, target.id, both.id, Way.CONTACT)
        topics.set_contribution(db, source.id, one.id, Way.EXAMPLE)
        topics.add_comment(db, source.id, one.id, "Von der Quelle", NOW, "local", "c", "1")
        topics.carry_over(db, source.id, target.id)
        assert topics.count_support(db, source.id) == Support(0, 0, 0)
        assert topics.count_support(db, target.id) == Support(3, 2, 1)
        assert topics.count_support(db, other.id) == Support(1, 0, 0)
        ways = {found.name: found.way for found in topics.list_contributors(db, target.id)}
        assert ways == {"Beide": Way.CONTACT, "Quelle": Way.EXAMPLE}


def at_once(database: Database, *work: Callable[[Transaction], object]) -> list[str]:
    """Run each in its own transaction at the same time; returns what became of them, run again after a conflict."""
    start = threading.Barrier(len(work), timeout=10)
    ends: list[str] = []

    def run(one: Callable[[Transaction], object]) -> None:
        start.wait()
        while True:
            try:
                with database.begin() as db:
                    one(db)
                return ends.append("done")
            except Conflict:
                continue
            except Refused as refused:
                return ends.append(refused.key)

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def merging(source: int, target: int) -> Callable[[Transaction], None]:
    def merge(db: Transaction) -> None:
        found = topics.get_open_topic(db, source)
        topics.move_topic(db, found, State.MERGED, LATER, topics.get_open_topic(db, target).id)
        topics.carry_over(db, source, target)

    return merge


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_who_merge_the_same_topic_one_is_refused(database: Database, attempt: int) -> None:
    with database.begin() as db:
        author = member(db)
        source, one, other = (topic(db, author, f"Wie {attempt}?").id for _ in range(3))
    ends = at_once(database, merging(source, one), merging(source, other))
    assert ends == ["done", "topics-merged-away"]
    with database.read() as db:
        assert [step.state for step in topics.list_steps(db, source)] == [State.PROPOSED, State.MERGED]


def test_of_two_who_read_the_same_state_one_is_refused(postgres: Database) -> None:
    """Also without holding the topic first: the step itself compares."""
    with postgres.begin() as db:
        author = member(db)
        source, target = topic(db, author), topic(db, author)

    def merge(db: Transaction) -> None:
        topics.move_topic(db, source, State.MERGED, LATER, target.id)

    assert at_once(postgres, merge, merge) == ["done", "topics-just-changed"]


@pytest.mark.parametrize("attempt", range(5))
def test_into_each_other_only_one_way(database: Database, attempt: int) -> None:
    with database.begin() as db:
        author = member(db)
        one, other = (topic(db, author, f"Wie {attempt}?").id for _ in range(2))
    ends = at_once(database, merging(one, other), merging(other, one))
    assert ends == ["done", "topics-merged-away"]


@pytest.mark.parametrize("attempt", range(3))
def test_no_support_is_lost_while_topics_are_merged(database: Database, attempt: int) -> None:
    with database.begin() as db:
        persons = [member(db, f"Ort {number}") for number in range(6)]
        source, target = (topic(db, persons[0], f"Wie {attempt}?").id for _ in range(2))

    def supporting(person: int) -> Callable[[Transaction], None]:
        def support(db: Transaction) -> None:
            try:
                topics.add_support(db, topics.get_open_topic(db, source).id, person)
            except Refused as refused:
                topics.add_support(db, int(str(refused.values["into"])), person)

        return support

    ends = at_once(database, merging(source, target), *(supporting(person.id) for person in persons))
    assert ends == ["done"] * 7
    with database.read() as db:
        assert topics.count_support(db, source) == Support(0, 0, 0)
        assert topics.count_support(db, target) == Support(6, 0, 0)


def test_the_last_of_many_counts_all(postgres: Database) -> None:
    """What goes onto the card after a press must include all presses before it."""
    with postgres.begin() as db:
        persons = [member(db, f"Ort {number}") for number in range(8)]
        made = topic(db, persons[0]).id
    counted: list[int] = []

    def supporting(person: int) -> Callable[[Transaction], None]:
        def support(db: Transaction) -> None:
            topics.add_support(db, topics.get_open_topic(db, made).id, person)
            counted.append(topics.count_support(db, made).supporters)

        return support

    at_once(postgres, *(supporting(person.id) for person in persons))
    assert counted == list(range(1, 9))


def test_names_of_those_who_left_are_not_shown(database: Database) -> None:
    with database.begin() as db:
        person = member(db)
        made = topic(db, person)
        topics.add_comment(db, made.id, person.id, "Gern", NOW, "local", "c", "1")
        people.remove_member(db, person.id)
        assert [found.name for found in topics.list_comments(db, made.id, 0, 5)] == [""]
