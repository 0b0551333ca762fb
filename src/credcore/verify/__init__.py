"""Can I rely on this? `Verifier.check` reports, `Verifier.verify` returns a verified credential or raises."""

from credcore.verify.explanation import Explanation, Line, day, explain
from credcore.verify.items import check_item, check_link
from credcore.verify.policy import Asked, Policy
from credcore.verify.report import REQUIRED, STATES, Finding, Outcome, Report, Verdict
from credcore.verify.verifier import VerifiedCredential, Verifier

__all__ = [
    "REQUIRED",
    "STATES",
    "Asked",
    "Explanation",
    "Finding",
    "Line",
    "Outcome",
    "Policy",
    "Report",
    "Verdict",
    "VerifiedCredential",
    "Verifier",
    "check_item",
    "check_link",
    "day",
    "explain",
]
