"""The main job of Utferd, driven over HTTP: one application from the web form to the project report."""
