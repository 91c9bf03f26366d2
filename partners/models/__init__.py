from partners.models.partners import Contact, ContactAccess, HostCompany, Opening, Partner
from partners.models.visit_days import VisitDay, VisitSlot

__all__ = ["Contact", "ContactAccess", "HostCompany", "Opening", "Partner", "VisitDay", "VisitSlot"]
