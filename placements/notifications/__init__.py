"""Mails. Those of placing and agreements stand in this file; visits and stays in the modules beside it."""
