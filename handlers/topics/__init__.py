"""Topics: proposed, supported, discussed, and followed to what became of them."""
