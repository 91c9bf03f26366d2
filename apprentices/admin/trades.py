"""The national list of trades: every office reads it, none changes it."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin

from apprentices.models import Trade


@admin.register(Trade)
class TradeAdmin(ModelAdmin):
    list_display = ["name_nb", "code", "programme", "name_nn", "name_sv", "name_en"]
    list_filter = ["programme"]
    search_fields = ["name_nb", "name_nn", "name_sv", "name_en", "code"]
    show_full_result_count = False
    actions_on_top = True

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
