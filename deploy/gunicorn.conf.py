"""gunicorn behind nginx, which buffers uploads: sync workers, so that one that hangs on a dead database is replaced."""

import multiprocessing

bind = "127.0.0.1:8000"
workers = multiprocessing.cpu_count() * 2 + 1
timeout = 20  # s; nothing that users wait for takes longer, and long work is the Celery worker's
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
accesslog = None  # nginx writes one; ours would hold addresses a second time
