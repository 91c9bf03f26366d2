"""Sums of whole projects, worked out by hand from the Guide of 2026: what prices of single stays are held against."""


def organisational_support(participants: int) -> int:
    """EUR for so many short-term learners: 350 for each up to the hundredth, 200 for each after that."""
    return 350 * min(participants, 100) + 200 * max(participants - 100, 0)
