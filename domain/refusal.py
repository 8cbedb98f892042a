"""The one way to say no."""


class Refused(Exception):
    """Something a person asked for cannot be done; ``key`` names the sentence that says why and what to do instead.

    ``values`` fill the sentence. The transaction is rolled back, an open dialogue stays as it was.
    """

    hides = False
    """Whether what the person wrote should be taken from everybody's sight."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Exposed(Refused):
    """As :class:`Refused`, for what should never have been written in front of others, such as a secret choice.

    Where the messenger lets us, it is removed.
    """

    hides = True
