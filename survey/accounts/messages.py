"""What Flask-Security says to people, in words of ours, so that our catalogues hold them."""

from __future__ import annotations


def N_(text: str) -> str:
    """Marks a text for the catalogues; Flask-Security translates it when it is shown."""
    return text


MESSAGES: dict[str, tuple[str, str]] = {
    "UNAUTHENTICATED": (N_("Please sign in to see this page."), "info"),
    "UNAUTHORIZED": (N_("Your role does not allow this."), "error"),
    "GENERIC_AUTHN_FAILED": (N_("This e-mail address and password do not go together."), "error"),
    "USER_DOES_NOT_EXIST": (N_("This e-mail address and password do not go together."), "error"),
    "INVALID_PASSWORD": (N_("This is not your present password."), "error"),
    "DISABLED_ACCOUNT": (N_("This account is closed. An administrator can open it again."), "error"),
    "EMAIL_NOT_PROVIDED": (N_("Please write the e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("This is not an e-mail address."), "error"),
    "PASSWORD_NOT_PROVIDED": (N_("Please write the password."), "error"),
    "PASSWORD_INVALID_LENGTH": (N_("Please use %(length)s characters or more, and at most 128."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (N_("The two passwords differ."), "error"),
    "PASSWORD_IS_THE_SAME": (N_("The new password must differ from the old one."), "error"),
    "PASSWORD_CHANGE": (N_("Your password is changed. You are signed out on every other device."), "success"),
    "PASSWORD_RESET_NO_LOGIN": (N_("Your password is set. Please sign in with it."), "success"),
    "PASSWORD_RESET_REQUEST": (
        N_("If there is an account with this address, a mail with a link is on its way."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (N_("This link is too old. Please ask for a new one."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (N_("This link was used already, or it is not complete."), "error"),
    "REAUTHENTICATION_REQUIRED": (N_("Please write your password once more before you go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Thank you. You can go on."), "success"),
    "INVALID_REDIRECT": (N_("That address is not part of this site."), "error"),
    "API_ERROR": (N_("The request could not be understood. Please go back and try again."), "error"),
    "INVALID_CODE": (N_("This code is not right. Codes change every 30 seconds and work once."), "error"),
    "TWO_FACTOR_INVALID_TOKEN": (
        N_("This code is not right. Codes change every 30 seconds and work once."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("Welcome."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        N_("The second factor is on. Please make recovery codes now, for the day your device is lost."),
        "success",
    ),
    "TWO_FACTOR_DISABLED": (N_("The second factor is off."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (N_("Please sign in first."), "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (N_("Please choose one of the two."), "error"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("That took too long. Please begin again."), "error"),
    "INVALID_RECOVERY_CODE": (N_("This recovery code is not right, or it was used already."), "error"),
    "NO_RECOVERY_CODES_SETUP": (N_("There are no recovery codes yet."), "info"),
    "FORGOT_PASSWORD": (N_("Forgotten your password?"), "info"),
}

SUBJECTS: dict[str, str] = {
    "PASSWORD_RESET": N_("Afterword: set a new password"),
    "PASSWORD_NOTICE": N_("Afterword: your password was set"),
    "PASSWORD_CHANGE_NOTICE": N_("Afterword: your password was changed"),
}
