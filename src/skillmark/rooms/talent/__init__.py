"""Who needs what, who may do what today, and what is missing."""
