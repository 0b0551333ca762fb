"""Read, check, explain and make proofs of skill.

A pure library: no web framework, no clock, and no socket outside `credcore.net`.

    from credcore.net.guarded import GuardedFetcher
    from credcore.verify import Verifier, check_item, explain

    verifier = Verifier(fetch=GuardedFetcher(), trust=[...])
    for report in check_item(data, verifier=verifier, now=now, name="card.png"):
        print(report.verdict, explain(report, language="es").sentence)
"""
