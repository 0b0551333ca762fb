"""Organisations, users, members, sites, people, access."""
