"""Mails: placing and agreements in ``placing``, visits and stays in the modules beside it."""
