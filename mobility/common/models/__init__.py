from mobility.common.models.base import HasStatus, StatusChange
from mobility.common.models.files import StoredFile
from mobility.common.models.mails import OutboundMail
from mobility.common.models.reads import ReadLog

__all__ = ["HasStatus", "OutboundMail", "ReadLog", "StatusChange", "StoredFile"]
