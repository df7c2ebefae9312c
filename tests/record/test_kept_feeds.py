"""What the record keeps of feeds, on both engines."""

from sqlalchemy import Engine

from qawl.record.feeds import Feed, feed, keep_feed

KNOWN = Feed(
    url="https://dhiffa.example/feed",
    title="صحيفة الضفة",
    etag='"v1"',
    modified="Tue, 05 Mar 2024 08:00:00 GMT",
    checked_at="2024-03-05T08:00:00Z",
    next_at="2024-03-05T08:15:00Z",
    failures=0,
    last_error=None,
    seen=["0123456789", "abcdef0123"],
)


def test_a_feed_is_kept_and_replaced(record: Engine) -> None:
    assert feed(record, KNOWN.url) is None
    keep_feed(record, KNOWN)
    assert feed(record, KNOWN.url) == KNOWN
    changed = KNOWN._replace(etag=None, failures=3, last_error="the server answered 500", seen=[])
    keep_feed(record, changed)
    keep_feed(record, KNOWN._replace(url="https://marsad.example/feed"))
    assert feed(record, KNOWN.url) == changed
