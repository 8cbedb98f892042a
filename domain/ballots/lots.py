"""Lots: how ties are decided, fixed and shown before anybody votes, so that a recount gives the same answer."""

from hashlib import sha256


def draw_lots(seed: str, options: int) -> tuple[int, ...]:
    """All places in the order in which they win ties.

    Anybody can repeat the drawing: the places sorted by the SHA-256 of ``<seed>:<place>`` in UTF-8, as hexadecimal
    digits. The seed is an unguessable word that is published with the result.
    """
    return tuple(sorted(range(1, options + 1), key=lambda place: sha256(f"{seed}:{place}".encode()).hexdigest()))
