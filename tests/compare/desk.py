"""Three invented outlets that report one statement, and what makes it a group in a record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine, select

from qawl.article import Article
from qawl.record import tables
from qawl.record.writing import add

_TEXTS = (
    (
        "وكالة المرفأ",
        "2024-03-05",
        "العمدة: لا نبيع الميناء\n\nقال العمدة سالم الغامري إن البلدية لن تبيع الميناء القديم.",
    ),
    ("صحيفة الضفة", "2024-03-06", "أخبار\n\nوزعم العمدة سالم الغامري أن البلدية لا تبيع الميناء القديم."),
    ("مرصد الساحل", "2024-03-20", "أخبار أخرى\n\nوأكد سالم الغامري أن البلدية «لن تبيع الميناء القديم» على حد تعبيره."),
)


def add_articles(record: Engine) -> None:
    """Add one article of each outlet, with the ids 0, 1, 2."""
    articles = [
        Article(text, f"{n}", outlet, f"https://news.example/{n}", date.fromisoformat(day), (0, text.index("\n")))
        for n, (outlet, day, text) in enumerate(_TEXTS)
    ]
    add(record, articles, lambda outcome: None)


def make_group(record: Engine, ids: Sequence[int]) -> list[str]:
    """Make the statements in the bodies of these articles one group; gives their public IDs, in the same order."""
    s, a = tables.statements.c, tables.articles.c
    with record.begin() as connection:
        rows = connection.execute(
            select(s.id, s.ref, a.day)
            .join(tables.articles, a.id == s.article_id)
            .where(a.source_id.in_(map(str, ids)), s.cue_start > a.headline_end)
            .order_by(a.id, s.number)
        ).all()
        days = sorted(row.day for row in rows)
        group = {"ref": rows[0].ref, "first": days[0], "last": days[-1]}
        counts = {"statements": len(rows), "articles": len(ids), "outlets": len(ids)}
        number = connection.execute(
            tables.statement_groups.insert().returning(tables.statement_groups.c.id), {**group, **counts}
        ).scalar_one()
        connection.execute(
            tables.compared.insert(), [{"statement_id": row.id, "group_id": number, "day": 0} for row in rows]
        )
    return [row.ref for row in rows]
