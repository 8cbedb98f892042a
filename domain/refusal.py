"""The one way to say no."""


class Refused(Exception):
    """Something a person asked for cannot be done; ``key`` names the sentence that says why and what to do instead.

    ``values`` fill the sentence. The transaction is rolled back, an open dialogue stays as it was.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
