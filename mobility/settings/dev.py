"""The demo and development installation that ``./run`` starts: SQLite, no mail server, a movable clock."""

from mobility.settings.base import *  # noqa: F403
from mobility.settings.base import VAR_DIR, env

SECRET_KEY = env.str("SECRET_KEY", default="only-for-the-demo-on-this-machine-0000000000000000")
DEMO = True
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.dummy.EmailBackend")
KEEP_MAIL_SECRETS = True
SHOW_OUTBOX_WITH_SECRETS = True
CLOCK_FILE = VAR_DIR / "clock"
FIELD_KEY_FILE = VAR_DIR / "field-key"
