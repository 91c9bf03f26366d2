"""Addresses of applications (public and portal), of the selection (office) and of the people at home."""

from django.urls import path

from apprentices.views import (
    apply,
    apply_check,
    approval,
    attachments,
    casework,
    chasing,
    completeness,
    completion,
    contract_imports,
    decisions,
    detail_rows,
    details,
    drafts,
    eligibility,
    endorse,
    instructors,
    late_drafts,
    mails,
    on_behalf,
    own_data,
    protected,
    publication,
    ranking,
    receipt,
    reviews,
    rounds,
    same_person,
    selection_settings,
    status,
)

app_name = "apprentices"

application_urls = [
    path("apply/resume/", drafts.resume, name="resume"),
    path("apply/resume/code/", drafts.resume_code, name="resume_code"),
    path("apply/drafts/", drafts.my_drafts, name="my_drafts"),
    path("apply/draft/<str:token>/", drafts.open_draft, name="open_draft"),
    path("apply/<int:pk>/", apply.start, name="apply"),
    path("apply/<int:pk>/contact/", apply.contact, name="apply_contact"),
    path("apply/<int:pk>/person/", apply.person, name="apply_person"),
    path("apply/<int:pk>/apprenticeship/", apply.apprenticeship, name="apply_apprenticeship"),
    path("apply/<int:pk>/stay/", apply.stay, name="apply_stay"),
    path("apply/<int:pk>/files/<int:file_pk>/", attachments.draft_file, name="draft_file"),
    path("apply/<int:pk>/files/<int:file_pk>/preview/", attachments.draft_preview, name="draft_preview"),
    path("apply/<int:pk>/files/<str:kind>/", attachments.draft_files, name="draft_files"),
    path("apply/<int:pk>/motivation/", apply.motivation, name="apply_motivation"),
    path("apply/<int:pk>/check/", apply_check.check, name="apply_check"),
    path("apply/<int:pk>/code/", apply_check.send_code, name="send_code"),
    path("apply/<int:pk>/leave/", apply_check.leave, name="leave_draft"),
    path("apply/<int:pk>/receipt/", receipt.receipt, name="receipt"),
    path("applications/my-data/", own_data.own_data, name="own_data"),
    path("applications/", status.status_list, name="status_list"),
    path("applications/<int:pk>/", status.status, name="status"),
    path("applications/<int:pk>/answer/", status.answer_offer, name="answer_offer"),
    path("applications/<int:pk>/withdraw/", status.withdraw, name="withdraw"),
    path("applications/<int:pk>/files/<int:file_pk>/", attachments.own_file, name="own_file"),
    path("applications/<int:pk>/files/<int:file_pk>/preview/", attachments.own_preview, name="own_preview"),
    path("applications/<int:pk>/complete/", completion.complete, name="complete"),
    path("applications/<int:pk>/complete/files/<str:kind>/", completion.complete_files, name="complete_files"),
    path("applications/<int:pk>/remind/", status.remind_employer, name="remind_employer"),
    path("applications/<int:pk>/details/", details.details, name="details"),
    path("applications/<int:pk>/details/certificates/add/", detail_rows.certificate, name="details_certificate"),
    path(
        "applications/<int:pk>/details/certificates/<int:row_pk>/", detail_rows.certificate, name="details_certificate"
    ),
    path("applications/<int:pk>/details/insurance/add/", detail_rows.insurance, name="details_insurance"),
    path("applications/<int:pk>/details/insurance/<int:row_pk>/", detail_rows.insurance, name="details_insurance"),
    path("applications/<int:pk>/details/files/<str:kind>/", details.details_files, name="details_files"),
    path("applications/<int:pk>/details/consent/<str:kind>/", protected.withdraw, name="details_withdraw"),
    path("applications/<int:pk>/details/<slug:code>/", details.section, name="details_section"),
    path("applications/<int:pk>/letter/", status.own_letter, name="own_letter"),
    path("endorse/<str:token>/", endorse.endorse, name="endorse"),
    path("endorse/<str:token>/thanks/", endorse.endorse_thanks, name="endorse_thanks"),
]

selection_urls = [
    path("selection/reviews/", reviews.reviews, name="reviews"),
    path("selection/reviews/<int:pk>/", reviews.review, name="review"),
    path("selection/rounds/<int:pk>/open/", rounds.open_round, name="open_round"),
    path("selection/rounds/<int:pk>/copy/", rounds.copy_round, name="copy_round"),
    path("selection/rounds/<int:pk>/late/", late_drafts.late_list, name="late_drafts"),
    path("selection/drafts/<int:pk>/let-in/", late_drafts.admit, name="admit_late"),
    path("selection/rounds/<int:pk>/reviewers/", reviews.assign_reviewers, name="assign_reviewers"),
    path("selection/rounds/<int:pk>/ranking/", ranking.ranking, name="ranking"),
    path("selection/rounds/<int:pk>/decide/", decisions.decide, name="decide"),
    path("selection/rounds/<int:pk>/publish/", publication.publish, name="publish"),
    path("selection/rounds/<int:pk>/publish/plan/", publication.plan_publication, name="plan_publication"),
    path("selection/rounds/<int:pk>/publish/cancel/", publication.cancel_plan, name="cancel_plan"),
    path("selection/rounds/<int:pk>/publish/head/", approval.send_to_head, name="send_to_head"),
    path("selection/rounds/<int:pk>/approve/", approval.approve, name="approve"),
    path("selection/decisions/<int:pk>/letter/", publication.decision_letter, name="decision_letter"),
    path("selection/decisions/<int:pk>/preview/", publication.letter_preview, name="letter_preview"),
    path("selection/settings/", selection_settings.selection_settings, name="selection_settings"),
    path("selection/applications/<int:pk>/details/", protected.case_details, name="case_details"),
    path("selection/applications/<int:pk>/details/police/", protected.police, name="note_police"),
    path("selection/applications/<int:pk>/details/<str:kind>/", protected.read, name="read_protected"),
    path("selection/applications/<int:pk>/files/<int:file_pk>/", attachments.attachment, name="attachment"),
    path(
        "selection/applications/<int:pk>/files/<int:file_pk>/preview/",
        attachments.attachment_preview,
        name="attachment_preview",
    ),
    path("selection/applications/<int:pk>/mails/", mails.case_mails, name="case_mails"),
    path("selection/applications/<int:pk>/return/", completion.return_application, name="return_application"),
    path("selection/applications/<int:pk>/go-on/", completion.close_completion, name="close_completion"),
    path("selection/applications/<int:pk>/exception/", eligibility.make_exception, name="make_exception"),
    path("selection/endorsements/<int:pk>/remind/", chasing.remind_endorsement, name="remind_endorsement"),
    path("selection/endorsements/<int:pk>/correct/", chasing.correct_endorsement, name="correct_endorsement"),
]

casework_urls = [
    path("selection/applications/<int:pk>/notes/", casework.add_note, name="add_note"),
    path("selection/applications/<int:pk>/read/", casework.mark_read, name="mark_read"),
    path("selection/applications/<int:pk>/unread/", casework.mark_unread, name="mark_unread"),
    path("selection/notes/<int:pk>/done/", casework.finish_follow_up, name="finish_follow_up"),
    path("selection/officer/", casework.give_cases, name="give_cases"),
    path("selection/hand-over/", casework.hand_over, name="hand_over"),
    path("selection/completeness/", completeness.completeness, name="completeness"),
]

register_urls = [
    path("contracts/imports/", contract_imports.imports, name="contract_imports"),
    path("contracts/imports/<int:pk>/", contract_imports.contract_import, name="contract_import"),
    path("contracts/imports/<int:pk>/decide/", contract_imports.decide_contract_rows, name="decide_contract_rows"),
    path("contracts/imports/<int:pk>/apply/", contract_imports.apply_contract_import, name="apply_contract_import"),
    path(
        "contracts/imports/<int:pk>/give-up/", contract_imports.discard_contract_import, name="discard_contract_import"
    ),
    path("people/same/", same_person.pairs, name="same_person"),
    path("people/same/look/", same_person.look_again, name="look_for_pairs"),
    path("people/same/<int:pk>/", same_person.pair, name="pair"),
    path("people/same/<int:pk>/two/", same_person.two_people, name="two_people"),
    path("people/same/<int:pk>/merge/", same_person.merge, name="merge_people"),
    path("people/<int:pk>/merged/", same_person.merged_rows, name="merged_rows"),
    path("contracts/imports/<int:pk>/report/", contract_imports.contract_import_report, name="contract_import_report"),
]

on_behalf_urls = [
    path("on-behalf/", on_behalf.entries, name="entries"),
    path("on-behalf/new/", on_behalf.new_entry, name="new_entry"),
    path("on-behalf/<int:pk>/", on_behalf.entry, name="entry"),
    path("on-behalf/<int:pk>/write/", on_behalf.write_entry, name="write_entry"),
    path("on-behalf/<int:pk>/ask/", on_behalf.ask_to_approve, name="ask_to_approve"),
    path("on-behalf/<int:pk>/take-back/", on_behalf.take_back_entry, name="take_back_entry"),
    path("approve/<str:token>/", on_behalf.approve_entry, name="approve_entry"),
    path("approve/<str:token>/done/", on_behalf.entry_answered, name="entry_answered"),
    path("training-offices/invite/", on_behalf.invite_training_office, name="invite_training_office"),
]

instructor_urls = [
    path("instructors/invite/", instructors.invite_instructor, name="invite_instructor"),
    path("instructors/<int:pk>/invite/", instructors.invite_instructor, name="invite_instructor"),
]

urlpatterns = application_urls + selection_urls + casework_urls + register_urls + on_behalf_urls + instructor_urls
