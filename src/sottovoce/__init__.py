"""Sottovoce: a private voice barometer. Importing it does nothing."""

__version__ = "0.1.0"
