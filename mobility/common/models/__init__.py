from mobility.common.models.base import HasStatus, StatusChange
from mobility.common.models.files import StoredFile
from mobility.common.models.mails import OutboundMail

__all__ = ["HasStatus", "OutboundMail", "StatusChange", "StoredFile"]
