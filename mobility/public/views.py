"""Pages that everybody may read, and the fault form."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices import consent
from mobility.accounts import throttle
from mobility.accounts.models import Office
from mobility.public import register, selectors, services
from mobility.public.forms import FaultForm

FAULTS_PER_HOUR = 20


@login_not_required
@require_safe
def front(request):
    """The offices and what one may apply for now. With one office installed: its page."""
    entries = selectors.offices_with_rounds()
    if len(entries) == 1:
        return _office_page(request, entries[0])
    return render(request, "public/front.html", {"entries": entries})


@login_not_required
@require_safe
def office(request, slug):
    """One office: open rounds, next dates, how it works, whom to ask."""
    return _office_page(request, selectors.rounds_of(get_object_or_404(Office, slug=slug)))


def _office_page(request, entry):
    request.office = entry.office
    return render(request, "public/office.html", {"entry": entry, "office": entry.office})


@login_not_required
@require_safe
def privacy(request, slug=None):
    """The privacy notice: of one office, or of the installation."""
    shown = get_object_or_404(Office, slug=slug) if slug else None
    request.office = shown
    context = {
        "office": shown,
        "kinds": register.KINDS,
        "consent_version": consent.VERSION,
        "consent_text": consent.text(shown.name if shown else _("The office")),
        "offices": [] if shown else Office.objects.all(),
    }
    return render(request, "public/privacy.html", context)


@login_not_required
@require_safe
def accessibility(request):
    """The accessibility statement."""
    return render(request, "public/accessibility.html")


@login_not_required
@require_http_methods(["GET", "POST"])
def fault(request):
    """Tell the office what does not work, without signing in."""
    form = FaultForm(request.POST or None, initial={"page": request.GET.get("page", "")[:300]})
    if request.method == "POST" and form.is_valid():
        if throttle.allow("fault", throttle.client_ip(request), limit=FAULTS_PER_HOUR, seconds=3600):
            services.report_fault(**form.cleaned_data)
            return redirect("public:fault_thanks")
        form.add_error(None, _("Many reports came from this network. Wait an hour, or phone the office."))
    return render(request, "public/fault.html", {"form": form})


@login_not_required
@require_safe
def fault_thanks(request):
    """Says that the report was taken."""
    return render(request, "public/fault_thanks.html")
