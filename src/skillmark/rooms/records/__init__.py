"""The room of a worker's own space: how it comes to be, how it is opened, and what is in it."""
