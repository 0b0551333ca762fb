"""Make a proof: build → lint with a throw-away key, by our own verifier → secure. (trustworthy: section 4)

`issue` puts a signature into a credential, `present` into what its holder shows. `tokens` makes credentials that are tokens,
`derive` makes the copy of a selective credential that its holder shows. What must not be signed raises LintError before any
of our keys is touched.
"""

from credcore.issue.linting import LintError, lint
from credcore.issue.making import derive, issue, present
from credcore.issue.securing import SUITES, Making
from credcore.issue.tokens import Claims, envelope, issue_jwt, issue_sd_jwt, issue_status_list

__all__ = [
    "SUITES",
    "Claims",
    "LintError",
    "Making",
    "derive",
    "envelope",
    "issue",
    "issue_jwt",
    "issue_sd_jwt",
    "issue_status_list",
    "lint",
    "present",
]
