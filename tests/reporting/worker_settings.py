"""The demo settings for a worker that a test starts and kills: nobody else's worker hears its messages."""

from mobility.settings.dev import *  # noqa: F403
from mobility.settings.dev import CELERY_BROKER_TRANSPORT_OPTIONS, REDIS_URL, env

if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        **CELERY_BROKER_TRANSPORT_OPTIONS,
        "global_keyprefix": env.str("TEST_KEY_PREFIX"),
    }
