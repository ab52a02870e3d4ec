"""Who may come in where: the least that somebody must be. test_access.py holds the application to it."""

TABLE = {
    "anybody": """
        accounts.choose_password accounts.code accounts.erased accounts.forgotten accounts.link accounts.password
        accounts.recovery accounts.sent accounts.sign_in accounts.use_link
        api.description
        campaign.ballot campaign.ballots campaign.card campaign.choose_rhythm campaign.comment campaign.comments
        campaign.confirm_ballot_withdrawal campaign.confirm_mail campaign.confirm_withdrawal campaign.edit
        campaign.end_support campaign.feed campaign.find_helpful campaign.follow campaign.forget_address
        campaign.idea campaign.ideas_csv campaign.index campaign.keep_draft campaign.leave campaign.leaving
        campaign.mail_link
        campaign.mine campaign.new campaign.outcome campaign.own campaign.part campaign.poster campaign.propose
        campaign.qr campaign.reply campaign.results campaign.results_csv campaign.results_json campaign.revise
        campaign.show campaign.show_confirmation campaign.similar campaign.support campaign.unfollow
        campaign.versions campaign.vote campaign.voted campaign.withdraw campaign.withdraw_ballot
        campaign.withdraw_comment
        cities.about cities.accessibility cities.icon cities.index cities.look_css cities.privacy
        cities_api.index cities_api.show
        health.process health.ready
        ideas_api.ballot ideas_api.comments ideas_api.idea ideas_api.ideas ideas_api.index ideas_api.results
        ideas_api.show ideas_api.similar
        media.show
        moderation.appeal moderation.decisions moderation.decisions_csv moderation.decisions_json moderation.report
        moderation.report_form moderation.statement
        participation.home
        poll.answer poll.answer_embedded poll.embed poll.index poll.live poll.poster poll.qr poll.results
        poll.results_csv poll.results_json poll.show
        polls_api.index polls_api.results polls_api.show
        survey.answer survey.check_answers survey.comparison survey.go_on survey.index survey.kiosk_start
        survey.mail_link survey.open_kiosk survey.paper survey.poster survey.qr survey.receipt
        survey.receipt_text survey.results survey.results_csv survey.results_json survey.resume survey.send
        survey.show survey.start_again survey.texts survey.turn_page surveys_api.index surveys_api.results
        surveys_api.show
    """,
    "operator": "health.figures",
    "person": "accounts.account accounts.data accounts.end_sessions accounts.erasure accounts.sign_out",
    "person with a password": "accounts.change_password accounts.recovery_codes accounts.set_up_factor",
    "viewer": """
        campaign_staff.comments campaign_staff.idea campaign_staff.ideas campaign_staff.ideas_csv campaign_staff.index
        campaign_staff.show campaign_staff.undo
        console.home
        moderation_staff.appeal moderation_staff.appeals moderation_staff.blocks moderation_staff.inbox
        moderation_staff.item
        poll_staff.index poll_staff.preview poll_staff.results_csv poll_staff.show
        survey_staff.comparison survey_staff.end_preview survey_staff.index survey_staff.own_template
        survey_staff.paper_form survey_staff.preview_phone survey_staff.preview_survey survey_staff.results
        survey_staff.results_csv survey_staff.results_json survey_staff.results_texts survey_staff.show
        survey_staff.show_survey survey_staff.survey_history survey_staff.template survey_staff.templates
        survey_staff.trial
    """,
    "analyst": """
        survey_staff.export_file survey_staff.files survey_staff.exports survey_staff.order_export
    """,
    "moderator": """
        campaign_staff.hide_comment campaign_staff.moderate campaign_staff.preview_moderation
        campaign_staff.show_comment
        moderation_staff.answer_appeal moderation_staff.approve moderation_staff.assign moderation_staff.block
        moderation_staff.change_words moderation_staff.confirm_block moderation_staff.decide_many
        moderation_staff.end_block moderation_staff.preview_decision moderation_staff.reject
        moderation_staff.restore moderation_staff.undo moderation_staff.word_list
        poll_staff.approve_text poll_staff.reject_text
        survey_staff.approve_text survey_staff.decide_texts survey_staff.preview_decision
        survey_staff.reject_text survey_staff.take_back survey_staff.texts
    """,
    "editor": """
        campaign_staff.assess campaign_staff.choose_file campaign_staff.close campaign_staff.confirm_closure
        campaign_staff.confirm_deletion campaign_staff.copy campaign_staff.create campaign_staff.curate
        campaign_staff.delete campaign_staff.edit campaign_staff.give_reason campaign_staff.import_ideas
        campaign_staff.new campaign_staff.preview_curation campaign_staff.publish campaign_staff.read_file
        campaign_staff.reply campaign_staff.revise campaign_staff.split campaign_staff.withdraw
        campaign_staff.write_note
        poll_staff.choose_closing_time poll_staff.close poll_staff.confirm_closure poll_staff.confirm_deletion
        poll_staff.copy poll_staff.correct poll_staff.create poll_staff.delete poll_staff.edit
        poll_staff.give_reason poll_staff.move_closing poll_staff.new poll_staff.publish poll_staff.revise
        poll_staff.sketch poll_staff.withdraw poll_staff.write_correction
        survey_staff.add_question survey_staff.add_section survey_staff.begin_from_own_template
        survey_staff.begin_from_template survey_staff.change_kind survey_staff.change_question
        survey_staff.change_section survey_staff.change_settings survey_staff.choose_file
        survey_staff.choose_kind survey_staff.choose_wave_closing_time survey_staff.close_batch
        survey_staff.close_wave survey_staff.compare_table survey_staff.confirm_removal
        survey_staff.confirm_renewal survey_staff.confirm_survey_deletion survey_staff.confirm_wave_closure
        survey_staff.confirm_wave_deletion survey_staff.copy_question survey_staff.copy_section
        survey_staff.copy_survey survey_staff.count_batch survey_staff.create_survey
        survey_staff.create_wave survey_staff.decide_differences survey_staff.delete_question
        survey_staff.delete_section survey_staff.delete_survey survey_staff.delete_wave
        survey_staff.edit_question survey_staff.edit_section survey_staff.edit_settings
        survey_staff.edit_wave survey_staff.export_survey survey_staff.give_wave_reason
        survey_staff.keep_as_template survey_staff.keep_sheet survey_staff.make_batch
        survey_staff.make_imported_survey survey_staff.move_wave_closing survey_staff.new_survey
        survey_staff.new_wave survey_staff.paper survey_staff.paper_batch survey_staff.paper_differences
        survey_staff.paper_sheet survey_staff.place_question survey_staff.place_section
        survey_staff.publish_wave survey_staff.read_file survey_staff.redo_change survey_staff.renew_wave
        survey_staff.replace_kiosk_link
        survey_staff.reopen_batch survey_staff.restore_edition survey_staff.revise_wave
        survey_staff.take_out_sheet survey_staff.translate survey_staff.translation
        survey_staff.translation_csv survey_staff.undo_change survey_staff.withdraw_wave
    """,
    "admin": """
        accounts_staff.departure accounts_staff.end_token accounts_staff.factor_loss accounts_staff.invitation
        accounts_staff.invite accounts_staff.new_token accounts_staff.people accounts_staff.person
        accounts_staff.tokens
        cities_staff.remove_logo cities_staff.settings
        cities_staff.districts
        moderation_staff.audit moderation_staff.audit_csv moderation_staff.check_audit moderation_staff.moderation
        moderation_staff.reason
    """,
    "token of a viewer": """
        ideas_api.comment ideas_api.propose ideas_api.support ideas_api.vote
        polls_api.answer
        surveys_api.answer surveys_api.questionnaire
    """,
    "token of an analyst": "surveys_api.answers",
    "token of a moderator": "ideas_api.set_comment_showing ideas_api.set_showing ideas_api.waiting_comments",
    "token of an editor": """
        ideas_api.close ideas_api.create ideas_api.publish ideas_api.set_status ideas_api.withdraw
        polls_api.close polls_api.create polls_api.publish polls_api.withdraw
        surveys_api.change_questionnaire surveys_api.close surveys_api.create_questionnaire
        surveys_api.plan_wave surveys_api.publish surveys_api.renew surveys_api.withdraw
    """,
}

LEAST = {endpoint: least for least, endpoints in TABLE.items() for endpoint in endpoints.split()}

COVERS = {
    "viewer": {"viewer", "analyst", "moderator", "editor", "admin"},
    "analyst": {"analyst", "admin"},
    "moderator": {"moderator", "admin"},
    "editor": {"editor", "admin"},
    "admin": {"admin"},
}
"""The roles that may do what the least one may."""

DECLARED = {
    "anybody": ("public", None),
    "operator": ("operator", None),
    "person": ("signed_in", None),
    "person with a password": ("signed_in", None),
    "token of a viewer": ("token", "viewer"),
    "token of an analyst": ("token", "analyst"),
    "token of a moderator": ("token", "moderator"),
    "token of an editor": ("token", "editor"),
}
"""How a view says so itself; staff roles say their own name."""
