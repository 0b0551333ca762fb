"""What happens when processes die, or many of them write at once. Real processes, real databases, real signals."""
