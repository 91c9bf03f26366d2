"""Counting the queries of a page."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address):
    """How many queries a page asks once it is warm; the page must be there."""
    client.get(address)  # session, content types and templates are read once
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def assert_same_queries(client, address, more):
    """A page asks no more once ``more()`` has added rows."""
    before = queries_of(client, address)
    more()
    assert queries_of(client, address) == before
