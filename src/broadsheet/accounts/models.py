"""Users: everybody who can log in, staff and readers apart."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserKind(models.TextChoices):
    STAFF = "staff", _("staff")
    READER = "reader", _("reader")


class Users(BaseUserManager["User"]):
    """Makes users; only `accounts.actions` calls it."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # of a relation of Wagtail's
    """Somebody with a log-in. Logs in by e-mail address; what a member of staff may do is set by their roles."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=UserKind.choices, default=UserKind.READER)
    is_active = models.BooleanField(_("may log in"), default=True)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case"),
            models.CheckConstraint(
                condition=models.Q(kind__in=UserKind.values),
                name="accounts_user_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False),
                name="accounts_user_no_superuser",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of the newsroom; the name is Django's."""
        return self.kind == UserKind.STAFF

    @property
    def first_name(self) -> str:
        """The name by which the desk greets; the attribute is Wagtail's."""
        return self.name.split(" ")[0] if self.name else ""

    @property
    def last_name(self) -> str:
        return self.name.partition(" ")[2]

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.first_name or self.email
