"""Questions that people ask, each like none before, so that nobody is asked whether it is the same."""

import random
import string

from domain.topics import SIMILAR_FROM, similarity


class Questions:
    """By ``chance``; ``asked`` are all of them so far."""

    def __init__(self, chance: random.Random) -> None:
        self.asked: list[str] = []
        self._chance = chance

    def new(self) -> str:
        """One more."""
        while True:
            words = ("".join(self._chance.choices(string.ascii_lowercase, k=9)) for _ in range(4))
            question = f"Wie {' '.join(words)}?"
            if all(similarity(question, other) < SIMILAR_FROM - 5 for other in self.asked):
                self.asked.append(question)
                return question
