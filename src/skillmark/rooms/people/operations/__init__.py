"""Change organisations, members and people."""

from skillmark.rooms.people.operations.access import (
    CannotJoin,
    CannotSignIn,
    CannotTry,
    clean_up,
    count_try,
    invite_supervisor,
    join,
    make_sign_in_link,
    make_token,
    remove_member,
    revoke_token,
    use_sign_in_link,
)
from skillmark.rooms.people.operations.firm import CannotSetUp, change_language, change_settings, set_up, start_setup
from skillmark.rooms.people.operations.permission import CannotDo, demand
from skillmark.rooms.people.operations.persons import (
    CannotChangePerson,
    add_people,
    add_person,
    change_person,
    make_own_space,
)

__all__ = [
    "CannotChangePerson",
    "CannotDo",
    "CannotJoin",
    "CannotSetUp",
    "CannotSignIn",
    "CannotTry",
    "add_people",
    "add_person",
    "change_language",
    "change_person",
    "change_settings",
    "clean_up",
    "count_try",
    "demand",
    "invite_supervisor",
    "join",
    "make_own_space",
    "make_sign_in_link",
    "make_token",
    "remove_member",
    "revoke_token",
    "set_up",
    "start_setup",
    "use_sign_in_link",
]
