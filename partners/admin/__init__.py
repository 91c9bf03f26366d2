from partners.admin.openings import OpeningAdmin
from partners.admin.partners import PartnerAdmin

__all__ = ["OpeningAdmin", "PartnerAdmin"]
