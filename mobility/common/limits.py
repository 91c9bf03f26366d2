"""How often something may be asked for: counters in the cache, by address written to and by client.

An office, a school class and a dormitory each sit behind one client address, so the ceiling for a client is far higher
than the one for a person.
"""

import hashlib

from django.conf import settings
from django.core.cache import cache

from mobility.common import clock


def allowed(what: str, key: str, *, times: int, seconds: int) -> bool:
    """Count one more of ``what`` for ``key`` and say whether it is within ``times`` in this window of ``seconds``.

    The key is hashed: a cache holds no addresses of persons.
    """
    window = int(clock.now().timestamp()) // seconds
    name = hashlib.sha256(f"{what}:{key.lower()}:{window}".encode()).hexdigest()
    if cache.add(name, 1, timeout=seconds):
        return times >= 1
    try:
        count = cache.incr(name)
    except ValueError:  # it ran out between the two calls
        return True
    cache.touch(name, seconds)  # some caches count up with a lifetime of their own
    return count <= times


def client_of(request) -> str:
    """The client's address: the one that our own proxy saw, where the settings say that there is a proxy."""
    hops = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")
