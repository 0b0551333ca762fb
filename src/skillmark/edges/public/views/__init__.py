"""One file an area: parse, one call, render."""
