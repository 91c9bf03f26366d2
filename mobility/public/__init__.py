"""Pages that everybody may read: the front page, each office's page, privacy, accessibility. No models, no rights."""
