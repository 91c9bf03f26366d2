"""How often a door may be knocked at. Counted in the cache, so that every web process sees the same number."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache


def allow(action: str, *keys, limit: int, seconds: int) -> bool:
    """Count one try of ``action`` by whom ``keys`` name; False once ``limit`` was passed within ``seconds``.

    The keys are hashed: addresses of persons do not lie in the cache.
    """
    digest = hashlib.sha256("\n".join(str(key).lower() for key in keys).encode()).hexdigest()
    name = f"throttle:{action}:{digest}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) <= limit
    except ValueError:  # it ended between the two calls
        return True


def client_ip(request) -> str:
    """Where a request comes from; behind the proxy that the settings trust, what that proxy says."""
    return get_adapter().get_client_ip(request)
