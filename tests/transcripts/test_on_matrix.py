"""Every second transcript on Matrix; the others have a file of their own, so that two workers play them."""

import pytest

from tests.transcripts.test_transcripts import FILES, check, playable
from tests.world import World

DIALOGUES = [name for name, path in FILES.items() if playable("matrix", path)]


@pytest.mark.parametrize("name", DIALOGUES[::2])
async def test_dialogue_on_matrix(name: str, matrix: World) -> None:
    await check(name, matrix)
