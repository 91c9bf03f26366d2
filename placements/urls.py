"""Addresses of stays abroad."""

from django.urls import path

from placements.views import (
    agreements,
    arrivals,
    candidates,
    changes,
    closing,
    evaluate,
    grants,
    my_stay,
    outcomes,
    placements,
    signing,
    visits,
    weekly_log,
    who_is_abroad,
)

app_name = "placements"

# --- placing, agreements ----------------------------------------------------------------------------------------
placing_urls = [
    path("placements/place/", placements.unplaced, name="unplaced"),
    path("placements/place/<int:pk>/", placements.place, name="place"),
    path("placements/<int:pk>/", placements.placement, name="placement"),
    path("placements/<int:pk>/confirm/", placements.confirm, name="confirm"),
    path("placements/<int:pk>/ready/", placements.make_ready, name="make_ready"),
    path("placements/<int:pk>/cancel/", placements.cancel, name="cancel"),
    path("placements/<int:pk>/change/", changes.change, name="change"),
    path("placements/<int:pk>/grant/", grants.grant, name="grant"),
    path("placements/<int:pk>/costs/", grants.real_cost, name="real_cost"),
    path("placements/costs/<int:pk>/approve/", grants.approve_cost, name="approve_cost"),
    path("placements/costs/<int:pk>/take-away/", grants.withdraw_cost, name="withdraw_cost"),
    path("placements/costs/<int:pk>/evidence/", grants.cost_evidence, name="cost_evidence"),
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
stay_urls = [
    path("visits/", visits.visits, name="visits"),
    path("visits/book/<int:pk>/", visits.book_visit, name="book_visit"),
    path("visits/<int:pk>/cancel/", visits.cancel_visit, name="cancel_visit"),
    path("visits/<int:pk>/visit.ics", visits.visit_calendar, name="visit_calendar"),
    path("stays/<int:pk>/arrival/", arrivals.confirm_arrival, name="confirm_arrival"),
    path("stays/<int:pk>/return/", arrivals.confirm_return, name="confirm_return"),
    path("stays/<int:pk>/week/", weekly_log.weekly_log, name="weekly_log"),
    path("stays/weeks/<int:pk>/called/", weekly_log.note_call, name="note_call"),
    path("stays/<int:pk>/criteria/", outcomes.outcomes, name="outcomes"),
    path("stays/<int:pk>/evaluated/", closing.finish_evaluation, name="finish_evaluation"),
    path("stays/<int:pk>/close/", closing.close_placement, name="close_placement"),
    path("stays/abroad/", who_is_abroad.who_is_abroad, name="who_is_abroad"),
    path("stays/abroad.csv", who_is_abroad.export_who_is_abroad, name="export_who_is_abroad"),
    path("evaluate/<str:token>/", evaluate.evaluate, name="evaluate"),
    path("evaluated/", evaluate.evaluated, name="evaluated"),
]

urlpatterns = [*placing_urls, *stay_urls]
