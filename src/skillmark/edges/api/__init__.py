"""The edge for programs: everything that the pages can do, with a token."""
