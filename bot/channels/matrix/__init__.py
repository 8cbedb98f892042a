"""Matrix, end-to-end encrypted: our own sync and requests, nio for the cryptography."""
