"""One file an area."""
