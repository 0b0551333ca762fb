"""From a report to what a busy person reads: one of four answers, the reason, four lines, a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from credcore.verify import sentences, signer
from credcore.verify.printed import printed
from credcore.verify.report import Finding, Outcome, Report, Verdict

_MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
    "es": "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre",
}
_SIGNS = {Verdict.GOOD: "ok", Verdict.CAREFUL: "warn", Verdict.BAD: "bad", Verdict.UNKNOWN: "unk"}
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Line:
    """One of the four lines. `sign` is `ok`, `warn`, `bad` or `unk`."""

    sign: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report in one language. `also` are the sentences of the other states, worst first; `details` are for technicians.

    `last_known` says to the minute when it was last known whether it was cancelled, for somebody who checks without a
    network; empty when that was asked just now.
    """

    verdict: Verdict
    sign: str
    heading: str
    sentence: str
    lines: tuple[Line, ...]
    question: str
    also: tuple[str, ...]
    not_proven: str
    last_known: str
    details: tuple[tuple[str, str], ...]


def day(moment: datetime | str, *, language: str, zone: tzinfo | None = None) -> str:
    """A date with the month in letters: `11 February 2026`, `11 de febrero de 2026`. Text is ISO 8601."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    local = moment.astimezone(zone or ZoneInfo("UTC"))
    month = _MONTHS[language].split(",")[local.month - 1]
    return f"{local.day} de {month} de {local.year}" if language == "es" else f"{local.day} {month} {local.year}"


def explain(report: Report, *, language: str = "en", zone: tzinfo | None = None) -> Explanation:
    """`language` is `en` or `es`; `zone` is where the reader's days begin (default UTC)."""
    return _Speaker(report, language if language in LANGUAGES else "en", zone).explanation()


# Which codes may say their own sentence where. “fetch.…” and “json.…” speak of what was handed over, and not of the page of a
# signer or of a list; and what is said of the giver's signature is not meant of whoever signed the packet.
_FAMILIES = {
    "proof": ("proof.", "hosted."),
    "issuer": ("issuer.", "hosted."),
    "dates": ("dates.", "proof."),
}


def _speaks_for_itself(finding: Finding) -> bool:
    ours = finding.check == "read" or finding.code.startswith(_FAMILIES.get(finding.check, ()))
    return ours and finding.code in sentences.STATES


def _giver(report: Report) -> str:
    """What to call the giver: the name that it prints, else that on the list, else its site; empty when it has none."""
    if report.credential is None:
        return ""
    giver, trust = report.credential.issuer, report.finding("trust")
    listed = trust.facts.get("name", "") if trust is not None else ""
    site = signer.site(giver.id)
    return printed(giver.name) or printed(listed) or (printed(site) if site != giver.id else "")


class _Speaker:
    def __init__(self, report: Report, language: str, zone: tzinfo | None) -> None:
        self.report = report
        self.language = language
        self.zone = zone
        credential = report.credential
        self.person = printed(credential.subject.name) if credential else ""
        self.values: dict[str, str] = {
            "giver": _giver(report) or self.pick(sentences.LINES["this_giver"]),
            "name": self.person or self.pick(sentences.LINES["nobody"]),
            "site": "",
            "seen": "",
            "last": "",
            "known": "",
            "printed": "",
            "published": "",
            "ago": "",
            "start": self._day(credential.valid_from) if credential and credential.valid_from else "",
            "end": self._day(credential.valid_until) if credential and credential.valid_until else "",
        }
        self.values["date"] = self.values["start"]

    def _day(self, moment: datetime | str) -> str:
        return day(moment, language=self.language, zone=self.zone)

    def pick(self, pair: tuple[str, str]) -> str:
        return pair[LANGUAGES.index(self.language)]

    def line(self, key: str, **values: str) -> str:
        return self._filled(self.pick(sentences.LINES[key]), {**self.values, **values})

    def _filled(self, text: str, values: dict[str, str]) -> str:
        """With its values in it. A giver without a name may stand at the beginning."""
        filled = text.format_map(values)
        nameless = values["giver"] == self.pick(sentences.LINES["this_giver"])
        return filled[:1].upper() + filled[1:] if nameless and text.startswith("{giver}") else filled

    def explanation(self) -> Explanation:
        report, verdict = self.report, self.report.verdict
        question = self.pick(sentences.QUESTIONS["person" if self.person else "no_name"]).format_map(self.values)
        if verdict is Verdict.UNKNOWN:
            question = (question + " " if self.person else "") + self.pick(sentences.QUESTIONS["against"])
        also = [self._sentence(finding.state, finding) for finding in report.others]
        if any(finding.check == "other_proof" for finding in report.findings):
            also.append(self.pick(sentences.OTHER_PROOF))
        return Explanation(
            verdict=verdict,
            sign=_SIGNS[verdict],
            heading=self.pick(sentences.HEADINGS[verdict]),
            sentence=self._sentence(report.code, report.deciding),
            lines=(self._unchanged(), self._giver(), self._counts(), self._person()),
            question=question,
            also=tuple(dict.fromkeys(also)),
            not_proven=self.pick(sentences.QUESTIONS["not_proven"]),
            last_known=self._last_known(),
            details=self._details(),
        )

    def _sentence(self, state: str, finding: Finding | None) -> str:
        facts = dict(finding.facts) if finding else {}
        key = finding.code if finding is not None and _speaks_for_itself(finding) else state
        values = dict(self.values)
        values.update((key, printed(facts[key])) for key in ("site", "printed") if key in facts)
        values.update((key, self._day(facts[key])) for key in ("seen", "last") if key in facts)
        if "known" in facts:
            values["known"] = self.line(f"known.{facts['known']}")
        if "name" in facts:
            values["published"] = printed(facts["name"])
        if "days" in facts:
            values["ago"] = self.line({"0": "ago.today", "1": "ago.day"}.get(facts["days"], "ago.days"), days=facts["days"])
        if "date" in facts:
            values["start"] = values["end"] = self._day(facts["date"])
        if key == "status.unknown" and "last" in facts:
            key = "status.unknown.last"
        proven = self.report.finding("proof")
        if f"{key}.unproven" in sentences.STATES and (proven is None or proven.outcome is not Outcome.PASSED):
            key = f"{key}.unproven"  # never call something genuine whose signature did not hold
        if key == "good" and not values["date"]:
            key = "good.undated"
        return self._filled(self.pick(sentences.STATES[key]), values)

    def _line(self, sign: str, label: str, text: str) -> Line:
        return Line(sign, self.pick(sentences.LABELS[label]), text)

    def _unchanged(self) -> Line:
        finding = self.report.finding("proof")
        if finding is not None and finding.state == "unsigned":
            return self._line("unk", "unchanged", self.line("unchanged.none"))
        if finding is None or finding.outcome is Outcome.UNKNOWN:
            return self._line("unk", "unchanged", self.line("unchanged.unk"))
        if finding.outcome is Outcome.FAILED:
            return self._line("bad", "unchanged", self.line("unchanged.bad"))
        hosted = finding.code == "hosted.same"
        return self._line("ok", "unchanged", self.line("unchanged.hosted" if hosted else "unchanged.ok"))

    def _giver(self) -> Line:
        credential = self.report.credential
        if credential is None or not (credential.issuer.name or credential.issuer.id):
            return self._line("unk", "giver", self.line("giver.nobody"))
        issuer, trust = self.report.finding("issuer"), self.report.finding("trust")
        states = {finding.state for finding in (issuer, trust) if finding is not None}
        if "key.compromised" in states:
            return self._line("bad", "giver", self.line("giver.given_up"))
        if "name.borrowed" in states:
            return self._line("bad", "giver", self.line("giver.bad"))
        if trust is None:
            return self._line("unk", "giver", self.line("giver.unk"))
        if trust.state == "name.differs":
            values = {"printed": printed(trust.facts["printed"]), "published": printed(trust.facts["name"])}
            return self._line("warn", "giver", self.line("giver.differs", **values))
        if trust.outcome is not Outcome.PASSED:
            return self._line("warn", "giver", self.line("giver.unknown"))
        named = printed(trust.facts["list"])  # one's own list has no name
        if "since" in trust.facts:
            since = self._day(trust.facts["since"] + "T12:00:00+00:00")
            key = "giver.since" if named else "giver.yours_since"
            return self._line("ok", "giver", self.line(key, list=named, since=since))
        return self._line("ok", "giver", self.line("giver.ok" if named else "giver.yours", list=named))

    def _asked(self, finding: Finding) -> str:
        asked = finding.facts.get("asked")
        if asked is None or abs((self.report.checked_at - datetime.fromisoformat(asked)).total_seconds()) < 300:
            return self.line("now")
        return self._day(asked)

    def _counts(self) -> Line:
        dates, status, proof = (self.report.finding(check) for check in ("dates", "status", "proof"))
        if dates is None:
            return self._line("unk", "counts", self.line("counts.unk"))
        if status is not None and status.outcome is Outcome.FAILED:
            key = "counts.cancelled" if status.state == "status.cancelled" else "counts.paused"
            return self._line("bad", "counts", self.line(key, asked=self._asked(status)))
        when = self._day(dates.facts["date"]) if "date" in dates.facts else ""
        if dates.state in ("dates.expired", "dates.not_yet"):
            key = "counts.expired" if dates.state == "dates.expired" else "counts.not_yet"
            return self._line("bad", "counts", self.line(key, end=when, start=when))
        if proof is None or proof.outcome is not Outcome.PASSED or dates.outcome is not Outcome.PASSED:
            return self._line("unk", "counts", self.line("counts.claims", end=when) if when else self.line("counts.unk"))
        text = self.line("counts.until", end=when) if when else self.line("counts.no_end")
        if status is not None and "last" in status.facts:
            known = self.line(f"known.{status.facts['known']}")
            return self._line(
                "warn", "counts", text + self.line("counts.last", last=self._day(status.facts["last"]), known=known)
            )
        if status is None or status.outcome is Outcome.UNKNOWN:
            return self._line("warn", "counts", text + self.line("counts.unasked"))
        if status.code == "status.none":
            return self._line("ok", "counts", text + self.line("counts.no_list"))
        return self._line("ok", "counts", text + self.line("counts.clear", asked=self._asked(status)))

    def _last_known(self) -> str:
        status, proof = self.report.finding("status"), self.report.finding("proof")
        if status is None or "last" not in status.facts or proof is None or proof.outcome is not Outcome.PASSED:
            return ""
        moment = datetime.fromisoformat(status.facts["last"]).astimezone(self.zone or ZoneInfo("UTC"))
        at = f"{self._day(moment)}, {moment:%H:%M} {moment.tzname()}"
        return self.line("last_known", at=at, known=self.line(f"known.{status.facts['known']}"))

    def _person(self) -> Line:
        if not self.person:
            return self._line("unk", "person", self.line("person.none"))
        key = "person.ask" if self.report.verdict in (Verdict.GOOD, Verdict.CAREFUL) else "person.names"
        return self._line("unk", "person", self.line(key))

    def _details(self) -> tuple[tuple[str, str], ...]:
        """Standards' names and codes, for the folded part."""
        report, credential = self.report, self.report.credential
        rows = [("format", report.format), ("proof", report.proof), ("container", report.container)]
        if credential:
            rows += [("id", credential.id), ("issuer", credential.issuer.id), ("subject", credential.subject.id)]
            rows += [("validFrom", credential.valid_from.isoformat() if credential.valid_from else "")]
            rows += [("validUntil", credential.valid_until.isoformat() if credential.valid_until else "")]
        rows += [(f.check, f"{f.outcome} {f.code}" + (f" – {f.detail}" if f.detail else "")) for f in report.findings]
        return tuple((name, value) for name, value in rows if value)
