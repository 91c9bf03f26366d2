"""How the office wants its selection run: a page for coordinator and head."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.forms.publication import SelectionSettingsForm
from apprentices.selectors.selection_settings import changes_of, settings_of
from apprentices.services.selection_settings import save_selection_settings
from apprentices.views.pages import posted
from mobility.common.office_page import attempt, office_context


@require_http_methods(["GET", "POST"])
def selection_settings(request):
    """Show the settings with who changed them; save them on POST."""
    office = request.user.working_office
    if office is None:
        raise Http404
    if not request.user.has_perm("apprentices.change_selection_settings"):
        raise PermissionDenied
    form = SelectionSettingsForm(posted(request), instance=settings_of(office))
    if request.method == "POST" and form.is_valid():
        act = {"office": office, "by": request.user, **form.cleaned_data}
        if attempt(request, lambda: save_selection_settings(**act), done=_("The settings are saved.")):
            return redirect("apprentices:selection_settings")
    context = office_context(
        request,
        title=_("How we select"),
        eyebrow=office.name,
        lead=_("These settings hold for every round of the office."),
        form=form,
        settings=settings_of(office),
        changes=changes_of(office),
    )
    return render(request, "apprentices/selection_settings.html", context)
