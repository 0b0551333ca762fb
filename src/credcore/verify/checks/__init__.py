"""One file a check. Each returns findings and never a boolean."""
