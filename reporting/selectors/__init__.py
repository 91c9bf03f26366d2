"""What the office's overview pages read."""

from reporting.selectors.workbench import workbench

__all__ = ["workbench"]
