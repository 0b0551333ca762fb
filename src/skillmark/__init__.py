"""Skillmark: the application that a business runs."""
