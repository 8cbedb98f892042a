"""The other half of the transcripts on Matrix."""

import pytest

from tests.transcripts.test_on_matrix import DIALOGUES
from tests.transcripts.test_transcripts import check
from tests.world import World


@pytest.mark.parametrize("name", DIALOGUES[1::2])
async def test_dialogue_on_matrix(name: str, matrix: World) -> None:
    await check(name, matrix)
