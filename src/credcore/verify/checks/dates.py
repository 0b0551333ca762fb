"""Does it count today? (VCDM 2.0, section 4.9)"""

from __future__ import annotations

from datetime import datetime, timedelta

from credcore.model import Credential
from credcore.verify.report import Finding, Outcome

SKEW = timedelta(seconds=60)


def check(credential: Credential, *, now: datetime) -> list[Finding]:
    """One finding. The facts hold the date, and for an ended one the whole days since."""
    start, end = credential.valid_from, credential.valid_until
    if start is not None and end is not None and end < start:
        return [Finding("dates", "dates.reversed", Outcome.FAILED, state="unreadable")]
    if start is not None and start > now + SKEW:
        facts = {"date": start.isoformat()}
        return [Finding("dates", "dates.not_yet", Outcome.FAILED, state="dates.not_yet", facts=facts)]
    if end is not None and end < now - SKEW:
        facts = {"date": end.isoformat(), "days": str((now - end).days)}
        return [Finding("dates", "dates.expired", Outcome.FAILED, state="dates.expired", facts=facts)]
    facts = {"date": end.isoformat()} if end is not None else {}
    return [Finding("dates", "dates.current" if end is not None else "dates.no_end", Outcome.PASSED, facts=facts)]
