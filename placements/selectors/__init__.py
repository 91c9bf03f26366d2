"""What pages and guards read: placing and agreements in ``placing``, the stay itself in the modules beside it."""
