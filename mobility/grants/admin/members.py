"""Members of a consortium in the web admin."""

from django.contrib import admin

from mobility.common.admin import OfficeScopedAdmin
from mobility.grants.models import ConsortiumMember


@admin.register(ConsortiumMember)
class ConsortiumMemberAdmin(OfficeScopedAdmin):
    list_display = ["name", "city", "contact_name", "joined_on"]
    search_fields = ["name", "city", "contact_name"]
