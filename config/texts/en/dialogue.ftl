# Guided dialogues: the ways back and out.

dialogue-back = Back
dialogue-cancel = Cancel
dialogue-cancelled = Cancelled. Nothing was saved.
dialogue-stale = This question is no longer open. Please use the latest message.
