"""The business, room by room."""
