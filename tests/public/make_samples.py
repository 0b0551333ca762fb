"""Make the sample proofs of the check page: `python -m tests.public.make_samples`. The same bytes every time.

The seed is public on purpose: the sample firm is trusted on the sample page only.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from credcore import issue
from credcore.codec import strict_json
from credcore.formats import openbadges3
from credcore.keys.ed25519 import LocalSigner
from credcore.model import Party

FOLDER = Path(__file__).parents[2] / "src/skillmark/edges/public/samples"
SEED = b"a seed that everybody may know.."
GIVER = "Prairie Valley College"

WORDS = {
    "good": {
        "en": (
            "Sit-down forklift",
            "Drove a loaded counterbalance truck through a marked course, stacked to 4 meters and did the daily inspection.",
            "Watched by an evaluator, plus a test of 30 questions in English and Spanish.",
        ),
        "es": (
            "Montacargas con asiento",
            "Manejó un montacargas cargado por un recorrido marcado, apiló a 4 metros e hizo la revisión diaria.",
            "Lo observó una persona evaluadora y hubo un examen de 30 preguntas en inglés y español.",
        ),
    },
    "expired": {
        "en": (
            "First aid at work",
            "Gave CPR on a training dummy, stopped heavy bleeding and called for help the way the site does it.",
            "An eight-hour course with two hands-on exercises in front of an instructor.",
        ),
        "es": (
            "Primeros auxilios en el trabajo",
            "Dio reanimación a un maniquí, detuvo una hemorragia fuerte y pidió ayuda como se hace en el lugar.",
            "Curso de ocho horas con dos ejercicios prácticos ante la persona instructora.",
        ),
    },
    "fake": {
        "en": (
            "MIG welding, flat and horizontal",
            "Welded six test plates to 10 mm, flat and horizontal, from a drawing.",
            "Two plates cut and bent in front of an instructor.",
        ),
        "es": (
            "Soldadura MIG, plana y horizontal",
            "Soldó seis placas de prueba de hasta 10 mm, en posición plana y horizontal, a partir de un plano.",
            "Dos placas cortadas y dobladas ante la persona instructora.",
        ),
    },
}
NAMES = {"good": "Rosa Delgado", "expired": "Devon Brooks", "fake": "Ray Mercer"}
DATES = {
    "good": (datetime(2026, 2, 11, 15, tzinfo=UTC), None),
    "expired": (datetime(2023, 3, 3, 15, tzinfo=UTC), datetime(2025, 3, 3, 23, 59, 59, tzinfo=UTC)),
    "fake": (datetime(2026, 2, 11, 15, tzinfo=UTC), datetime(2031, 2, 10, 23, 59, 59, tzinfo=UTC)),
}


def sample(*, kind: str, language: str) -> bytes:
    """The signed file of one sample. The fake is a real one whose name was changed after it was signed."""
    signer = LocalSigner(SEED)
    title, did, how = WORDS[kind][language]
    start, end = DATES[kind]
    unsigned = openbadges3.build(
        id=f"urn:example:sample:{kind}:{language}",
        issuer=Party(id=signer.did, name=GIVER),
        subject_id=f"urn:example:sample:person:{kind}",
        subject_name=NAMES[kind],
        title=title,
        did=did,
        how=how,
        achievement_id=f"urn:example:sample:achievement:{kind}",
        valid_from=start,
        valid_until=end,
        language=language,
    )
    text = strict_json.dumps(issue.issue(unsigned, signer=signer, now=start)).decode()
    if kind == "fake":
        text = text.replace(NAMES["fake"], "Kyle Mercer")
    return text.encode()


def main() -> None:
    for kind, languages in WORDS.items():
        for language in languages:
            (FOLDER / f"{kind}.{language}.json").write_bytes(sample(kind=kind, language=language) + b"\n")


if __name__ == "__main__":
    main()
