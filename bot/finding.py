"""What the doctor says of one thing it looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """``key`` and ``values`` name the sentence, which says what to do where something is not right."""

    level: Literal["good", "hint", "wrong"]
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
