"""Mails about applications, by noun; each is queued in the transaction of the step that causes it.

``mail`` has what all of them share.
"""
