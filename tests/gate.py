"""Through the gate before a signed link, as an honest reader goes: one click, one code from the mailbox."""

from mobility.common.models import OutboundMail


def path_of(new_link):
    """The path that a link's mail leads to."""
    return "/" + new_link.url.split("/", 3)[3]


def mailed_code():
    return OutboundMail.objects.filter(template="accounts/email/link_code").latest("pk").secrets[0]


def open_gate(client, path):
    """Open the link at ``path`` in this browser; returns the answer to the right code."""
    client.post(path, {"gate": "ask"})
    return client.post(path, {"gate": "try", "code": mailed_code()})
