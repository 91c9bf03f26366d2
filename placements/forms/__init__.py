"""Forms. Those of placing and agreements stand in this file or a module of their own; each page of the stay has a module."""
