"""Organisations (a firm, or a person as an organisation of one), users, members, sites, people, and ways in."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from skillmark.rooms.people.rules import DateOrder, Role


class Organisation(models.Model):
    class Kind(models.TextChoices):
        FIRM = "firm"
        PERSON = "person"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="en")
    base_url = models.CharField(max_length=300, blank=True)  # public https address; empty while there is none
    past_base_urls = models.JSONField(default=list)  # earlier ones: proofs made under them still name them
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, default="UTC")
    date_order = models.CharField(max_length=3, choices=[(one, one) for one in DateOrder], default=DateOrder.MDY)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(handle=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. Has no password; e-mail is optional, so the name of the account is an opaque handle."""

    handle = models.CharField(max_length=40, unique=True)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A user's place in a firm."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=[(one, one) for one in Role])
    active = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["org", "user"], name="one_membership_a_firm"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Person(models.Model):
    """Somebody who works here, as the firm knows them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en")
    own_org_id = models.UUIDField(null=True, blank=True)  # the person's own space, once they have kept something
    created_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "created_at")
        indexes = (models.Index(fields=["org", "name"], name="people_of_firm"),)

    def __str__(self) -> str:
        return self.name


class Setup(models.Model):
    """The one-time link that lets the first owner in."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"set-up link of {self.made_at:%Y-%m-%d %H:%M}"


class SignInLink(models.Model):
    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.user}"


class Invitation(models.Model):
    """A QR code and a PIN that let a supervisor's phone join."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = models.CharField(max_length=12, choices=[(one, one) for one in Role])
    name = models.CharField(max_length=200)
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation for {self.name}"


class Token(models.Model):
    """Lets a program act for a firm."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return self.name


class Try(models.Model):
    """One attempt at something that must not be guessed; works across processes and machines."""

    key_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["key_hash", "at"], name="tries_by_key"),)

    def __str__(self) -> str:
        return f"try at {self.at:%H:%M}"
