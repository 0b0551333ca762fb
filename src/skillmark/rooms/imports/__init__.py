"""Lists that a firm has brought in: what each said, what each changed, and how it is taken back."""
