"""One folder a kind of message."""
