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
    sample = models.CharField(max_length=20, blank=True)  # the trade of a made-up firm; empty for a real one
    clock = models.DateTimeField(null=True)  # the moment at which a made-up firm's clock stands
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sample"], condition=~models.Q(sample=""), name="one_sample_a_trade"),)

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, default="UTC")
    date_order = models.CharField(max_length=3, choices=[(one, one) for one in DateOrder], default=DateOrder.MDY)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """Hours of work, at one site or at all. `weekdays` are digits, 1 for Monday. It may run over midnight."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="shifts")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=100)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    weekdays = models.CharField(max_length=7, default="12345")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_at", "name")

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """What a person does here: names `{"en": …, "es": …}`. `origin` is `trade/slug` of a starter pack, else empty."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="positions")
    names = models.JSONField()
    origin = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(next(iter(self.names.values()), self.id))


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
    sites = models.ManyToManyField(Site, related_name="+")  # a supervisor's or auditor's; none: all of the firm
    until = models.DateField(null=True)  # an auditor's last day
    read_from = models.DateField(null=True)  # the days that an auditor may ask for
    read_until = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["org", "user"], name="one_membership_a_firm"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class SignPin(models.Model):
    """The PIN with which a member takes over a shared phone to sign, and nothing else. A few wrong ones pause it."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="sign_pin")
    pin_hash = models.CharField(max_length=256)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-off PIN of {self.member}"


class Person(models.Model):
    """Somebody who works here, as the firm knows them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en")
    search_name = models.CharField(max_length=1000, blank=True)  # every name and the number, folded; the operations keep it
    number = models.CharField(max_length=40, blank=True)  # the firm's own, as on the payroll: tells two of one name apart
    hired_on = models.DateField(null=True, blank=True)
    own_org_id = models.UUIDField(null=True, blank=True)  # the person's own space, once they have kept something
    created_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)
    left_noted_at = models.DateTimeField(null=True, blank=True)  # what was known before does not change with it
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "created_at")
        indexes = (models.Index(fields=["org", "name"], name="people_of_firm"),)

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """What a person was called before; still found by a search, and on the papers of that time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    until = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("until",)

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A person in a position, at a site, on a shift, under a contract, from a day until a day. Two clocks, as for evidence."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    shift = models.ForeignKey(Shift, on_delete=models.SET_NULL, null=True, related_name="+")
    contract = models.CharField(max_length=100, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts", "recorded_at")
        indexes = (models.Index(fields=["org", "person"], name="assignments_of_person"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.position}"


class Absence(models.Model):
    """Days on which somebody is not here. No reason is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    starts = models.DateField()
    ends = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts",)

    def __str__(self) -> str:
        return f"{self.starts} to {self.ends}"


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
    """A QR code and a PIN that let a phone join. What is said of sites and days goes to the member who comes in by it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = models.CharField(max_length=12, choices=[(one, one) for one in Role])
    name = models.CharField(max_length=200)
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    sites = models.ManyToManyField(Site, related_name="+")
    until = models.DateField(null=True)
    read_from = models.DateField(null=True)
    read_until = models.DateField(null=True)

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
