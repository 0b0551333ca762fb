"""Where a request or an event comes in: each edge translates it into one call. Edges do not import one another."""
