"""Flask-Security's forms with our labels and messages."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryCodesForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.forms import EmailValidation, valid_user_email
from wtforms import BooleanField, EmailField, Field, PasswordField, RadioField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired, Length

from survey.accounts.noting import failed
from survey.accounts.passwords import SHORTEST

RULE = _l("At least %(n)s characters, without your name or e-mail address.", n=SHORTEST)


def _required() -> InputRequired:
    return InputRequired(_l("Please fill this in."))


def _email(*more: Any) -> EmailField:
    return EmailField(
        _l("E-mail address"),
        render_kw={"autocomplete": "username", "spellcheck": "false"},
        validators=[_required(), Length(max=255, message=_l("This is too long.")), *more],
    )


def _present(label: Any) -> PasswordField:
    return PasswordField(label, render_kw={"autocomplete": "current-password"}, validators=[_required()])


def _new(label: Any) -> PasswordField:
    return PasswordField(
        label, description=RULE, render_kw={"autocomplete": "new-password"}, validators=[_required()]
    )


def _again(first: str) -> PasswordField:
    return PasswordField(
        _l("The new password once more"),
        render_kw={"autocomplete": "new-password"},
        validators=[_required(), EqualTo(first, _l("The two passwords differ."))],
    )


def _code(label: Any, **attributes: str) -> StringField:
    shown = {"autocomplete": "one-time-code", "spellcheck": "false"} | attributes
    return StringField(label, render_kw=shown, validators=[_required(), Length(max=64)])


class SignIn(LoginForm):
    email = _email(EmailValidation(verify=False))
    password = PasswordField(
        _l("Password"),
        description=" ",  # else the library writes a link of its own here
        render_kw={"autocomplete": "current-password"},
        validators=[_required()],
    )
    remember = BooleanField(_l("Keep me signed in on this device for two weeks"))
    submit = SubmitField(_l("Sign in"))

    def validate(self, **given: Any) -> bool:
        """Wrong passwords are noted by a signal of the library; what it is silent about, here."""
        good = bool(super().validate(**given))
        if self.user is None and self.ifield is not None:
            failed(None, "unknown")
        elif self.user is not None and self.user_authenticated and not self.user.active:
            failed(self.user, "closed")
        return good


class Verify(VerifyForm):
    password = _present(_l("Password"))
    submit = SubmitField(_l("Go on"))


class Forgot(ForgotPasswordForm):
    email = _email(EmailValidation(verify=True), valid_user_email)
    submit = SubmitField(_l("Send me a link"))


class Reset(ResetPasswordForm):
    password = _new(_l("New password"))
    password_confirm = _again("password")
    submit = SubmitField(_l("Set the password"))


class ChangePassword(ChangePasswordForm):
    password = _present(_l("Present password"))
    new_password = _new(_l("New password"))
    new_password_confirm = _again("new_password")
    submit = SubmitField(_l("Change password"))


class SecondFactorSetup(TwoFactorSetupForm):
    setup = RadioField(choices=[], validate_choice=False)
    submit = SubmitField(_l("Go on"))


class SecondFactorCode(TwoFactorVerifyCodeForm):
    code = _code(_l("Code from the app"), inputmode="numeric")
    submit = SubmitField(_l("Go on"))

    def validate_code(self, field: Field) -> None:
        field.data = "".join(field.data.split())


class Rescue(TwoFactorRescueForm):
    help_setup = RadioField(choices=[], validate_choice=False)  # recovery codes alone help; see the page


class RecoveryCodes(MfRecoveryCodesForm):
    generate_new_codes = SubmitField(_l("Make new recovery codes"))


class Recovery(MfRecoveryForm):
    code = _code(_l("Recovery code"))
    submit = SubmitField(_l("Go on"))

    def validate(self, **given: Any) -> bool:
        good = bool(super().validate(**given))
        if not good and self.user is not None and self.code.data:
            failed(self.user, "recovery_code")
        return good


FORMS = {
    "login_form": SignIn,
    "verify_form": Verify,
    "forgot_password_form": Forgot,
    "reset_password_form": Reset,
    "change_password_form": ChangePassword,
    "two_factor_setup_form": SecondFactorSetup,
    "two_factor_verify_code_form": SecondFactorCode,
    "two_factor_rescue_form": Rescue,
    "mf_recovery_codes_form": RecoveryCodes,
    "mf_recovery_form": Recovery,
}
