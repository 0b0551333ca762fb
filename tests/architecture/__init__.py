"""What import-linter cannot say about the shape of the code, and what must not stand in any file."""
