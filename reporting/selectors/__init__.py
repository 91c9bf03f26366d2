"""What the office's overview pages read."""


def workbench(user):
    return {}
