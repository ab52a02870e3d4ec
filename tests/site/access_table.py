"""Who may come in where: the least that somebody must be. test_access.py holds the application to it."""

TABLE = {
    "anybody": """
        accounts.choose_password accounts.code accounts.erased accounts.forgotten accounts.link accounts.password
        accounts.recovery accounts.sent accounts.sign_in accounts.use_link
        api.description
        cities.about cities.accessibility cities.icon cities.index cities.look_css cities.privacy
        cities_api.index cities_api.show
        health.process health.ready
        media.show
        participation.home
        poll.answer poll.answer_embedded poll.embed poll.index poll.live poll.poster poll.qr poll.results
        poll.results_csv poll.results_json poll.show
        polls_api.index polls_api.results polls_api.show
    """,
    "operator": "health.figures",
    "person": "accounts.account accounts.data accounts.end_sessions accounts.erasure accounts.sign_out",
    "person with a password": "accounts.change_password accounts.recovery_codes accounts.set_up_factor",
    "viewer": """
        console.home
        poll_staff.index poll_staff.preview poll_staff.results_csv poll_staff.show
    """,
    "moderator": "poll_staff.approve_text poll_staff.reject_text",
    "editor": """
        poll_staff.choose_closing_time poll_staff.close poll_staff.confirm_closure poll_staff.confirm_deletion
        poll_staff.copy poll_staff.correct poll_staff.create poll_staff.delete poll_staff.edit
        poll_staff.give_reason poll_staff.move_closing poll_staff.new poll_staff.publish poll_staff.revise
        poll_staff.sketch poll_staff.withdraw poll_staff.write_correction
    """,
    "admin": """
        accounts_staff.departure accounts_staff.end_token accounts_staff.factor_loss accounts_staff.invitation
        accounts_staff.invite accounts_staff.new_token accounts_staff.people accounts_staff.person
        accounts_staff.tokens
        cities_staff.remove_logo cities_staff.settings
    """,
    "token of a viewer": "polls_api.answer",
    "token of an editor": "polls_api.close polls_api.create polls_api.publish polls_api.withdraw",
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
    "token of an editor": ("token", "editor"),
}
"""How a view says so itself; staff roles say their own name."""
