"""Every write on accounts."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.accounts.models import User, UserKind
from broadsheet.foundation.refusals import Refused


@transaction.atomic
def add_staff(*, email: str, name: str, password: str | None = None) -> tuple[User, str]:
    """Make a member of staff; returns the user and the password, made at random if none is given."""
    _check_address(email)
    password = password or secrets.token_urlsafe(12)
    user = User(email=email.strip().lower(), name=name.strip(), kind=UserKind.STAFF)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    return user, password


@transaction.atomic
def set_password(*, email: str, password: str | None = None) -> str:
    """Give an existing user a new password, made at random if none is given; returns it."""
    user = User.objects.select_for_update().filter(email__iexact=email.strip()).first()
    if user is None:
        raise Refused("account.unknown", _("There is no account with the address %(email)s.") % {"email": email})
    password = password or secrets.token_urlsafe(12)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


@transaction.atomic
def close_account(*, email: str) -> None:
    """Let a user log in no more; what they wrote stays."""
    changed = User.objects.filter(email__iexact=email.strip()).update(is_active=False)
    if not changed:
        raise Refused("account.unknown", _("There is no account with the address %(email)s.") % {"email": email})


def _check_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Refused("account.address", _("%(email)s is not an e-mail address.") % {"email": email}) from None
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Refused("account.taken", _("There is an account with the address %(email)s.") % {"email": email})


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("account.password", " ".join(error.messages)) from None
