"""The web application that a server runs, with or without a proxy in front."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
Networks = Sequence[IPv4Network | IPv6Network]


def behind(application: Application, *, proxies: Networks) -> Application:
    """The same application, told whose request it is rather than which proxy passed it on.

    Each proxy adds whom it heard from at the end of `X-Forwarded-For`; what stands before the first stranger from the end
    is what that stranger says, and counts for nothing. Tries are counted by address: without this, all visitors would
    share those of the proxy.
    """

    def told(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        hops = [*environ.get("HTTP_X_FORWARDED_FOR", "").split(","), environ.get("REMOTE_ADDR", "")]
        for hop in (one.strip().strip("[]") for one in reversed(hops)):
            try:
                address = ip_address(hop)
            except ValueError:
                break  # no proxy writes that: whoever was heard of last stays
            environ["REMOTE_ADDR"] = str(address)
            if not any(address in network for network in proxies):
                break
        return application(environ, start_response)

    return told


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillmark.settings")
application: Application = get_wsgi_application()
if settings.CONFIGURATION.is_https:
    application = behind(application, proxies=settings.CONFIGURATION.networks)
