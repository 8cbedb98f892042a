"""How a moment that was read is said back, so that people see what was understood."""

from domain.chat import Html
from domain.dates import Moment, Span
from handlers.context import Voice


def echo(voice: Voice, moment: Moment) -> Html:
    """In full, with the weekday; and which one it is where the clock shows that time twice."""
    return voice.say("dates-doubled" if moment.doubled else "dates-shown", at=moment.shown)


def echo_span(voice: Voice, span: Span) -> Html:
    """From beginning to end; only the beginning where there is no end."""
    if span.end is None:
        return echo(voice, span.start)
    return voice.say("dates-span", start=echo(voice, span.start), end=echo(voice, span.end))
