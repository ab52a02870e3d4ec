"""Forms about signing in and about staff: they parse and explain, and never save."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Optional

from citizen.accounts.models import Role
from citizen.accounts.passwords import MAX_LENGTH
from citizen.core.forms import at_most
from citizen.core.i18n import WRITTEN, own_name
from citizen.participation.models import Channel

MAX_MAIL, MAX_NAME, MAX_CODE = 254, 100, 40

ROLE_NAMES = {
    Role.ADMIN: _l("Admin"),
    Role.EDITOR: _l("Editor"),
    Role.MODERATOR: _l("Moderator"),
    Role.ANALYST: _l("Analyst"),
    Role.VIEWER: _l("Viewer"),
}
ROLE_DUTIES = {
    Role.ADMIN: _l("Admin: may do everything, also people, tokens and settings"),
    Role.EDITOR: _l("Editor: writes and publishes"),
    Role.MODERATOR: _l("Moderator: decides which texts from the public are shown"),
    Role.ANALYST: _l("Analyst: uses results and downloads data"),
    Role.VIEWER: _l("Viewer: can see everything, but change nothing"),
}
CHANNEL_NAMES = {
    "": _l("None: the program works for staff"),
    Channel.KIOSK: _l("Kiosk: a device that the city put up"),
    Channel.EVENT: _l("Event: answers collected on the spot"),
    Channel.PAPER: _l("Paper: answers that somebody types in from paper forms"),
    Channel.API: _l("Another program"),
}


def without_spaces(text: str | None) -> str | None:
    """Apps show codes as 123 456."""
    return "".join(text.split()) if text else text


def one_line(text: str | None) -> str | None:
    """White space of any kind becomes single spaces; signs that cannot be seen go."""
    if not text:
        return text
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def mail_address(text: str | None) -> str | None:
    """One spelling for one mailbox."""
    return text.strip().lower() if text else text


def mail_field(label: Any, *, autocomplete: str = "username") -> EmailField:
    message = _l("Please type an email address like name@example.org.")
    return EmailField(
        label,
        filters=[mail_address],
        validators=[DataRequired(_l("Please type an email address.")), at_most(MAX_MAIL), Email(message)],
        render_kw={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"},
    )


def password_field(label: Any, *, is_new: bool = False) -> PasswordField:
    """Nothing is stripped: a space is a sign like any other. How good it is, `passwords` says."""
    return PasswordField(
        label,
        validators=[DataRequired(_l("Please type a password.")), at_most(MAX_LENGTH)],
        render_kw={"autocomplete": "new-password" if is_new else "current-password"},
    )


def code_field(label: Any, **attributes: str) -> StringField:
    return StringField(
        label,
        filters=[without_spaces],
        validators=[DataRequired(_l("Please type the code.")), at_most(MAX_CODE)],
        render_kw={"autocapitalize": "none", "spellcheck": "false", **attributes},
    )


def choices(names: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(value), name) for value, name in names.items()]


def role_field(default: Role | None = None) -> SelectField:
    return SelectField(_l("Role"), choices=choices(ROLE_DUTIES), default=default, validators=[InputRequired()])


class PageForm(FlaskForm):
    """A form that carries the token of the session, with types."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        return bool(super().validate_on_submit(extra_validators))


class ButtonForm(PageForm):
    """A form that is only a button, and the token that protects it."""


class MailForm(PageForm):
    email = mail_field(_l("Your email address"))


class PasswordForm(PageForm):
    email = mail_field(_l("Your email address"))
    password = password_field(_l("Your password"))


class CodeForm(PageForm):
    code = code_field(_l("Code from the app on your phone"), autocomplete="one-time-code", inputmode="numeric")


class RecoveryForm(PageForm):
    code = code_field(_l("One of your recovery codes"), autocomplete="off")


class NewPasswordForm(PageForm):
    password = password_field(_l("New password"), is_new=True)
    repeated = PasswordField(
        _l("The new password once more"),
        validators=[
            DataRequired(_l("Please type it once more.")),
            EqualTo("password", _l("The two passwords are not the same.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    current = password_field(_l("Your current password"))


class FactorForm(PageForm):
    """The first second factor."""

    code = code_field(_l("The code that the app shows now"), autocomplete="one-time-code", inputmode="numeric")


class ReplaceFactorForm(FactorForm):
    """Another second factor: whoever found the screen unlocked must not get this far."""

    current = password_field(_l("Your password"))


class ConfirmForm(PageForm):
    current = password_field(_l("Your password"))


class ProfileForm(PageForm):
    name = StringField(
        _l("Your name"),
        description=_l("Your team sees your name. The public does not."),
        filters=[one_line],
        validators=[Optional(), at_most(MAX_NAME)],
        render_kw={"autocomplete": "name"},
    )
    language = SelectField(
        _l("Language of your pages"),
        choices=choices({"": _l("The same as in my browser")} | {code: own_name(code) for code in WRITTEN}),
    )


class ErasureForm(PageForm):
    sure = BooleanField(
        _l("Yes, delete my account for ever"),
        validators=[DataRequired(_l("Please tick this box if you are sure."))],
    )


class StaffForm(PageForm):
    email = mail_field(_l("Email address"), autocomplete="off")
    role = role_field(Role.EDITOR)


class RoleForm(PageForm):
    role = role_field()


class TokenForm(PageForm):
    name = StringField(
        _l("Name"),
        description=_l("Where it is used, for example: kiosk in the library."),
        filters=[one_line],
        validators=[DataRequired(_l("Please give it a name.")), at_most(MAX_NAME)],
    )
    role = role_field(Role.VIEWER)
    channel = SelectField(_l("How its answers reach us"), choices=choices(CHANNEL_NAMES), default="")


def has_error(field: Field, sentence: str) -> None:
    """Put a sentence beside a field that looked right until we compared it with what we know."""
    field.errors = (*field.errors, sentence)
