"""Who may come in: every request loads the person or the token behind it, and looks the role up."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from sqlalchemy import select

from citizen.accounts import keys
from citizen.accounts.models import ApiToken, Role, User, role_in
from citizen.core.api import problem
from citizen.core.audit import Actor
from citizen.core.db import SAFE_METHODS, db
from citizen.core.web import Access, declare_access, safe_next, uncached, wants_fragment

View = TypeVar("View", bound=Callable[..., Any])


class Sessions(LoginManager):
    """Flask-Login without its remember-me cookie, which it would look for on public pages too."""

    def init_app(self, app: Flask, add_context_processor: bool = False) -> None:
        app.login_manager = self  # type: ignore[attr-defined]
        app.config["SESSION_PROTECTION"] = None
        if add_context_processor:
            raise ValueError("Public pages carry nothing of one person; see name_person().")


sessions = Sessions()  # type: ignore[no-untyped-call]
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    sessions.init_app(app)
    csrf.init_app(app)
    app.context_processor(name_person)


@sessions.user_loader  # type: ignore[untyped-decorator]
def load_person(session_id: str) -> User | None:
    """The person of a session, as long as the epoch is the one in which the session began."""
    number, _dot, epoch = session_id.partition(".")
    return db.session.scalar(select(User).filter_by(id=int(number), epoch=int(epoch)))


def name_person() -> dict[str, Any]:
    """Templates of signed-in pages know who reads them, and whether they may manage; public pages never ask."""
    if "person" not in g:
        return {}
    role = g.get("role")
    return {"current_user": g.person, "current_role": role, "may_manage": role is Role.ADMIN}


def signed_in(view: View) -> View:
    """Everybody who is signed in may come in."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        if not enter():
            return ask_to_sign_in()
        protect_from_forgery()
        return view(**values)

    return declare_access(guarded, Access("signed_in"))  # type: ignore[return-value]


def staff(role: Role) -> Callable[[View], View]:
    """Only staff of this city whose role covers the given one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if not enter():
                return ask_to_sign_in()
            require_role(role_in(g.person, g.city), role)
            if not g.person.has_factor:
                return go_to(url_for("accounts.set_up_factor", next=_path_to_come_back_to()))
            protect_from_forgery()
            return view(**values)

        return declare_access(guarded, Access("staff", role.value))  # type: ignore[return-value]

    return decorate


def token(role: Role) -> Callable[[View], View]:
    """Only a program with a token of this city whose role covers the given one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            g.token = bearer()
            if g.token is None:
                return ask_for_token()
            if g.token.city_id != g.city.id:
                abort(404)
            if not Role(g.token.role).covers(role):
                return problem(403, _("You may not do this"), _("The role of this token does not allow it."))
            return view(**values)

        return declare_access(guarded, Access("token", role.value))  # type: ignore[return-value]

    return decorate


def current_actor() -> Actor:
    """Who acts in this request, as the audit names them."""
    if g.get("token") is not None:
        return Actor("token", g.token.id, g.token.name)
    return actor_of(g.person)


def actor_of(person: User) -> Actor:
    return Actor("account", person.id, person.shown_name)


def enter() -> bool:
    """Load the person of the session and speak their language. False where nobody is signed in."""
    visitor: Any = current_user
    if not visitor.is_authenticated:
        return False
    g.person = db.session.get(User, visitor.id)
    g.account_language = g.person.language
    refresh()
    return True


def require_role(held: Role | None, needed: Role) -> None:
    """404 for whoever holds no role in the city: it is none of their business. 403 for too small a role."""
    if held is None:
        abort(404)
    g.role = held
    if not held.covers(needed):
        abort(403)


def protect_from_forgery() -> None:
    """Every change that a signed-in person asks for carries the token of their session."""
    if request.method not in SAFE_METHODS:
        csrf.protect()


def ask_to_sign_in() -> Response:
    return go_to(url_for("accounts.sign_in", next=_path_to_come_back_to()))


def go_to(location: str) -> Response:
    """Send the whole page there, where htmx asked for a part of it too."""
    if wants_fragment():
        return uncached(Response(headers={"HX-Redirect": location}))
    return uncached(redirect(location))  # type: ignore[arg-type]


def _path_to_come_back_to() -> str | None:
    """The page that was asked for; after a change that did not go through, the page it was asked on."""
    if request.method in SAFE_METHODS and not wants_fragment():
        return request.full_path.rstrip("?")
    here, referrer = request.host_url, request.referrer or ""
    path = "/" + referrer.removeprefix(here).partition("?")[0] if referrer.startswith(here) else ""
    return safe_next(path, "") or None


def bearer() -> ApiToken | None:
    """The token that the request carries, unless nobody knows it or it has ended."""
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        return None
    return db.session.scalar(select(ApiToken).filter_by(digest=keys.digest(key.strip()), ended_at=None))


def token_here() -> ApiToken | None:
    """The token of this city that came along. 401 for one that nobody knows: it may have ended."""
    if "Authorization" not in request.headers:
        return None
    found = bearer()
    if found is None:
        abort(ask_for_token())
    return found if found.city_id == g.city.id else None


def ask_for_token() -> Response:
    response = problem(401, _("A token is needed"), _("Please send a token. An admin of the city can make one."))
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
