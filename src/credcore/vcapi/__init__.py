"""The VC-API of an issuer and verifier that keeps nothing, as functions of requests. (W3C VC-API / VCALM; docs: VC-API)

It serves conformance suites and people who try things out. No socket, no clock, no database: whoever runs it brings the
first two, and the keys are made when it starts.
"""

from credcore.vcapi.instance import Instance
from credcore.vcapi.issuers import Issuer, make_issuers
from credcore.vcapi.messages import MAX_BODY, Answer

__all__ = ["MAX_BODY", "Answer", "Instance", "Issuer", "make_issuers"]
