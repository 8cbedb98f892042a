# Guided dialogues: the ways back and out.

dialogue-back = Back
dialogue-cancel = Cancel
dialogue-cancelled = Cancelled. Nothing was saved.
dialogue-stale = This question is answered already, or it is meant for somebody else.
