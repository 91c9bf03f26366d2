"""The web admin of rounds, applications, people at home and trades."""

from apprentices.admin import applications, people, rounds, trades

__all__ = ["applications", "people", "rounds", "trades"]
