"""What pages and guards read. Placing and agreements stand in this file; the stay itself in the modules beside it."""
