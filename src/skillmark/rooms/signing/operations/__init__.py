"""Make keys, sign, and stop signing. The only caller of `credcore.issue`; takes whole credentials, never bytes."""

from skillmark.rooms.signing.operations.custody import CannotSign
from skillmark.rooms.signing.operations.history import signed_history
from skillmark.rooms.signing.operations.life import (
    CannotChangeKeys,
    compromise,
    discard,
    make_keys,
    rotate,
    stage,
    trial,
    use,
)
from skillmark.rooms.signing.operations.party import (
    asker,
    move_party,
    party,
    party_secret,
    passing,
    sign_as_party,
    sign_own,
    sign_passing,
    sign_presentation,
    take_party_secret,
)
from skillmark.rooms.signing.operations.sealing import Sealer, sealer, shred
from skillmark.rooms.signing.operations.signing import sign, sign_many
from skillmark.rooms.signing.operations.stops import CannotStop, go_on, go_on_everywhere, stop, stop_everything
from skillmark.rooms.signing.operations.tokens import sign_claims, sign_list, sign_token

__all__ = [
    "CannotChangeKeys",
    "CannotSign",
    "CannotStop",
    "Sealer",
    "asker",
    "compromise",
    "discard",
    "go_on",
    "go_on_everywhere",
    "make_keys",
    "move_party",
    "party",
    "party_secret",
    "passing",
    "rotate",
    "sealer",
    "shred",
    "sign",
    "sign_as_party",
    "sign_claims",
    "sign_list",
    "sign_many",
    "sign_own",
    "sign_passing",
    "sign_presentation",
    "sign_token",
    "signed_history",
    "stage",
    "stop",
    "stop_everything",
    "take_party_secret",
    "trial",
    "use",
]
