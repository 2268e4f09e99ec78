"""Broadsheet: a whole news site in one program."""

__version__ = "0.1.0"
