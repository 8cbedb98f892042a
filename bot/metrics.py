"""Figures about the running process, for Prometheus. Numbers only: no names, no chats, no contents."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """What is counted, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._arrivals = Histogram(
            "themenbote_arrival_seconds",
            "From the arrival to its commit",
            ["channel"],
            registry=self.registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5),
        )
        self.failed = Counter("themenbote_arrivals_failed", "Unexpected errors in handlers", registry=self.registry)
        self.unstored = Counter(
            "themenbote_arrivals_unstored", "Arrivals put back because the database was away", registry=self.registry
        )
        self._sent = Counter(
            "themenbote_messages_sent", "Messages delivered", ["channel", "urgency"], registry=self.registry
        )
        self._unsent = Counter(
            "themenbote_attempts_failed", "Attempts that failed", ["channel", "failure"], registry=self.registry
        )
        self.rows = Gauge("themenbote_outbox_rows", "Rows of the outbox", ["channel", "state"], registry=self.registry)

    def handled(self, channel: str, seconds: float) -> None:
        """One arrival was taken."""
        self._arrivals.labels(channel).observe(seconds)

    def sent(self, channel: str, urgency: str) -> None:
        """One message was delivered."""
        self._sent.labels(channel, urgency).inc()

    def unsent(self, channel: str, failure: str) -> None:
        """One attempt failed."""
        self._unsent.labels(channel, failure).inc()
