"""Desks: things handed in and out, used by several edges."""
