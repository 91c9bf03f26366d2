"""What appeals say, the mails about them, and an answer that upholds one."""

from apprentices.services.appeals import decide_appeal
from mobility.common.models import OutboundMail

TEXT = "You say that the certificate is missing. It is file three."
BODY = "Klagenemnda"


def with_body(office):
    office.appeal_body = BODY
    office.save()


def mails(name):
    return list(OutboundMail.objects.filter(template=f"apprentices/email/{name}").order_by("pk"))


def uphold(appeal, by, **more):
    return decide_appeal(
        appeal=appeal, by=by, **{"outcome": "upheld", "words": "You are right.", "result": "offer"} | more
    )
