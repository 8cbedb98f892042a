"""Every refusal of Telegram has one meaning in the closed set."""

import json

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.answers import AnswerLost, NotSent, Throttled, Unavailable
from bot.channels.telegram.failures import Flood, detail, failure_of, send_error
from domain.delivery import Failure

TABLE: dict[str, tuple[TelegramError, Failure]] = {
    "blocked": (Forbidden("Forbidden: bot was blocked by the user"), Failure.GONE),
    "never opened": (Forbidden("Forbidden: bot can't initiate conversation with a user"), Failure.GONE),
    "deactivated": (Forbidden("Forbidden: user is deactivated"), Failure.GONE),
    "thrown out": (Forbidden("Forbidden: bot was kicked from the group chat"), Failure.GONE),
    "not there": (BadRequest("Bad Request: chat not found"), Failure.GONE),
    "person not there": (BadRequest("Bad Request: PEER_ID_INVALID"), Failure.GONE),
    "topic not there": (BadRequest("Bad Request: message thread not found"), Failure.GONE),
    "group closed": (BadRequest("Bad Request: group chat was deactivated"), Failure.GONE),
    "topic closed": (BadRequest("Bad Request: TOPIC_CLOSED"), Failure.MISCONFIGURED),
    "may not write": (
        BadRequest("Bad Request: not enough rights to send text messages to the chat"),
        Failure.MISCONFIGURED,
    ),
    "may not write at all": (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), Failure.MISCONFIGURED),
    "token": (InvalidToken("Unauthorized"), Failure.MISCONFIGURED),
    "text": (BadRequest("Bad Request: message text is empty"), Failure.REJECTED),
    "markup": (BadRequest('Bad Request: can\'t parse entities: unsupported start tag "x"'), Failure.REJECTED),
    "edited message gone": (BadRequest("Bad Request: message to edit not found"), Failure.REJECTED),
    "too fast": (Throttled(7), Failure.THROTTLED),
    "moved": (ChatMigrated(-100123), Failure.UNREACHABLE),
    "no connection": (NotSent("ClientConnectorError"), Failure.UNREACHABLE),
    "server error": (Unavailable("HTTP 502"), Failure.UNREACHABLE),
    "conflict": (Conflict("Conflict: terminated by other getUpdates request"), Failure.UNREACHABLE),
    "answer lost": (AnswerLost("ServerDisconnectedError"), Failure.UNCERTAIN),
    "what nobody foresaw": (NetworkError("Unknown error"), Failure.UNCERTAIN),
    "what nobody foresaw at all": (TelegramError("?"), Failure.UNCERTAIN),
}


@pytest.mark.parametrize(("error", "failure"), TABLE.values(), ids=TABLE)
def test_what_an_error_means(error: TelegramError, failure: Failure) -> None:
    assert failure_of(error) is failure


def test_the_named_pause_is_kept() -> None:
    error = send_error(Throttled(7), everywhere=True)
    assert (error.failure, error.retry_after, error.everywhere) == (Failure.THROTTLED, 7, True)
    assert send_error(Forbidden("Forbidden: x")).retry_after == 0


def test_a_detail_quotes_nothing() -> None:
    refusal = BadRequest('Bad Request: can\'t parse entities: unsupported start tag "geheim" at byte offset 5')
    assert detail(refusal) == "BadRequest: Can't parse entities"
    assert "geheim" not in detail(BadRequest("Bad Request: " + json.dumps("geheim")))
    assert len(detail(BadRequest("x" * 500))) < 100


def test_two_chats_within_a_second_mean_everybody() -> None:
    flood = Flood()
    assert not flood.everywhere("1", 10.0)
    assert flood.everywhere("2", 10.9)


def test_one_chat_twice_means_the_chat() -> None:
    flood = Flood()
    assert not flood.everywhere("1", 10.0)
    assert not flood.everywhere("1", 10.2)


def test_two_chats_apart_mean_each_its_own() -> None:
    flood = Flood()
    assert not flood.everywhere("1", 10.0)
    assert not flood.everywhere("2", 11.1)


def test_the_first_refusal_means_its_chat_even_on_a_young_clock() -> None:
    assert not Flood().everywhere("1", 0.0)
