#!/usr/bin/env python3
"""Django's command line; without DJANGO_SETTINGS_MODULE it runs on the demo settings (SQLite in var/)."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings.dev")
    from django.core.management import execute_from_command_line  # after the environment is set

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
