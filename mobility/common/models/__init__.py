from mobility.common.models.base import HasStatus, StatusChange
from mobility.common.models.files import StoredFile
from mobility.common.models.mails import MailChange, OutboundMail
from mobility.common.models.reads import ReadLog
from mobility.common.models.saved_filters import SavedFilter

__all__ = ["HasStatus", "MailChange", "OutboundMail", "ReadLog", "SavedFilter", "StatusChange", "StoredFile"]
