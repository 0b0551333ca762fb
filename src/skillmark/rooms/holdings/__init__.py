"""Evidence: who holds what since when, until when, and how well it was checked. Nothing is overwritten."""
