"""What may go wrong in a way that a person should read about."""

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, SecurityError

from citizen.core.api import is_api_request, problem
from citizen.core.db import db


class Refused(Exception):
    """An act that the rules do not allow; the text is a sentence for the person who asked.

    `status` is the HTTP status that fits: 409 where the moment is wrong, 422 where the input is.
    """

    def __init__(self, sentence: str, *, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(Exception, show_failure)


def show_http_error(error: HTTPException) -> Response:
    db.session.rollback()
    if isinstance(error, SecurityError):
        return _no_such_host()
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    return _answer(status, *_words_for(status))


def _no_such_host() -> Response:
    """A forged or unknown Host: no page, because every link in it would carry the wrong name."""
    words = "This site has another name."
    if is_api_request():
        return problem(400, words, words)
    return Response(words, status=400, mimetype="text/plain")


def show_refusal(error: Refused) -> Response:
    db.session.rollback()
    return _answer(error.status, _("This did not work"), error.sentence)


def show_failure(error: Exception) -> Response:
    """The unexpected: logged whole by Flask's logger, shown to the person without any detail."""
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("unexpected failure", exc_info=error, extra={"route": request.endpoint})
    db.session.rollback()
    return _answer(500, *_words_for(500))


def _answer(status: int, title: str, sentence: str) -> Response:
    if is_api_request():
        return problem(status, title, sentence)
    g.setdefault("city", None)
    page = render_template("errors/error.html", status=status, title=title, sentence=sentence)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _words_for(status: int) -> tuple[str, str]:
    """A title and a sentence that tell what to do next."""
    return {
        400: (_("This request could not be read"), _("Please go back and try again.")),
        403: (_("You may not do this"), _("Do you need this page? Then ask an admin of your city.")),
        404: (_("This page does not exist"), _("Please check the address, or go to the start page.")),
        405: (_("This page does not exist"), _("Please go back and try again.")),
        409: (_("Something changed in the meantime"), _("Please load the page again.")),
        413: (_("This is too large"), _("Please send less text or a smaller picture.")),
        415: (_("We do not know this format"), _("Please send it in another format.")),
        429: (
            _("Please wait a moment"),
            _("We are getting too many requests right now. Please try again in a minute."),
        ),
    }.get(
        status,
        (_("Something went wrong on our side"), _("Please try again in a few minutes.")),
    )
