"""Addresses of stays abroad."""

from django.urls import path

from placements.views import agreements, candidates, my_stay, placements, signing

app_name = "placements"

# --- placing, agreements ----------------------------------------------------------------------------------------
placing_urls = [
    path("placements/place/<int:pk>/", placements.place, name="place"),
    path("placements/<int:pk>/", placements.placement, name="placement"),
    path("placements/<int:pk>/confirm/", placements.confirm, name="confirm"),
    path("placements/<int:pk>/ready/", placements.make_ready, name="make_ready"),
    path("placements/<int:pk>/cancel/", placements.cancel, name="cancel"),
    path("placements/<int:pk>/lodging/", placements.lodging, name="lodging"),
    path("placements/<int:pk>/agreement/", agreements.make_agreement, name="make_agreement"),
    path("agreements/<int:pk>/remind/", agreements.remind, name="remind"),
    path("agreements/<int:pk>/document/", agreements.agreement_document, name="agreement_document"),
    path("agreements/signatures/<int:pk>/", signing.sign, name="sign"),
    path("sign/<str:token>/", signing.sign_by_link, name="sign_by_link"),
    path("sign/<str:token>/document/", signing.sign_document, name="sign_document"),
    path("signed/", signing.signed, name="signed"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("candidates/<int:pk>/no/", candidates.refuse_candidate, name="refuse_candidate"),
    path("candidates/<int:pk>/lodging/", candidates.candidate_lodging, name="candidate_lodging"),
    path("my-stay/", my_stay.my_stay, name="my_stay"),
    path("my-stay/<int:pk>/", my_stay.my_stay, name="my_stay"),
]

# --- the stay itself --------------------------------------------------------------------------------------------
stay_urls: list = []

urlpatterns = [*placing_urls, *stay_urls]
