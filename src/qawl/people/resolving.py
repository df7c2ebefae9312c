"""The first three steps over the tables: which appearances are one, block by block (`qawl.people.appearance`).

A block is all that hangs together by keys (step 1), or all that want one key (steps 2 and 3). What a block comes to
depends on its appearances and on what people decided about them, and on nothing else, so it is the same in whatever
order they came. Each call does some blocks, within the transaction of its connection; what is left is in `unresolved`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from qawl.people.appearance import Candidate, Clustering, Decision, Doubt, Member, Rank
from qawl.people.clustering import attach, cluster
from qawl.people.decisions import among, decisions
from qawl.people.loading import Loaded, Loader, forms_under, forms_wanting, keys_of
from qawl.people.looks import ALONE
from qawl.record import tables
from qawl.record.rows import insert, parts
from qawl.record.unresolving import Step, mark, mark_offered

#: Keys that are taken at a time. What they reach may be more.
_KEYS: Final = {Step.FULL: 1500, Step.SHORT: 400, Step.OFFICE: 400}

#: Whom appearances of that rank can go to.
_CANDIDATES: Final[dict[Rank, tuple[Rank, ...]]] = {"short": ("full",), "office": ("full", "short")}


def resolve_some(connection: Connection, step: Step, loader: Loader, most: int | None = None) -> bool:
    """Do some blocks of one of the first three steps; was there any? `most`: not more keys than that at a time."""
    keys = taken(connection, step, min(_KEYS[step], most or _KEYS[step]))
    if not keys:
        return False
    if step is Step.FULL:
        keys |= _cluster(connection, keys, loader)
    else:
        _attach(connection, keys, "short" if step is Step.SHORT else "office", loader)
    finished(connection, step, keys)
    return True


def taken(connection: Connection, step: Step, most: int) -> set[str]:
    """Some of the keys that are left of a step."""
    u = tables.unresolved.c
    return set(connection.scalars(select(u.key).where(u.step == int(step)).order_by(u.key).limit(most)))


def finished(connection: Connection, step: Step, keys: Iterable[str]) -> None:
    """Note that these keys are done."""
    u = tables.unresolved.c
    for some in parts(keys):
        connection.execute(delete(tables.unresolved).where(u.step == int(step), u.key.in_(some)))


def _cluster(connection: Connection, keys: set[str], loader: Loader) -> set[str]:
    """Cluster all full names that these keys reach; all keys that were reached."""
    decided = decisions(connection)
    partners = _partners(connection, decided)
    links = [(one, other) for one, others in partners.items() for other in others]  # forms that belong in one block
    forms: set[int] = set()
    alone: set[int] = set()  # forms that tell nobody from others
    reached: set[str] = set()
    new = set(keys)
    while new:
        reached |= new
        more: list[int] = []
        for key, some in forms_under(connection, new, offered=False).items():
            if key.startswith(ALONE):
                alone |= some
            first, *rest = sorted(some)
            links += [(first, other) for other in rest]
            more += some
        found: set[int] = set()
        while more:
            if (form := more.pop()) not in found and form not in forms:
                found.add(form)
                more += partners[form]
        new = {key for some in keys_of(connection, found, offered=False).values() for key in some} - reached
        forms |= found
    loaded = loader.by_form(connection, forms)
    by_form: dict[int, list[Loaded]] = defaultdict(list)
    for one in loaded:
        by_form[one.form_id].append(one)
    changes = _Changes(connection, decided, ("short", "office"))
    for block in components(by_form, links):
        members = [one for form in block for one in by_form[form]]
        ids = {one.id for one in members}
        if len(block) == 1 and block[0] in alone and not partners[block[0]]:
            changes.take(members, Clustering(tuple((Member(one.id, 1.0),) for one in members)))
        else:
            changes.take(members, cluster([one.appearance for one in members], among(decided, ids)))
    changes.write(loaded)
    return reached


def _partners(connection: Connection, decided: Sequence[Decision]) -> dict[int, list[int]]:
    """The forms of full names that are looked at together because people said that two who have them are one."""
    place = _forms_of(connection, {id for one in decided for id in (one.one, one.other)})
    found: dict[int, list[int]] = defaultdict(list)
    for one in decided:
        (form, rank, _), (other, other_rank, _) = place[one.one], place[one.other]
        if one.verdict == "same" and rank == other_rank == "full":
            found[form].append(other)
            found[other].append(form)
    return found


def _attach(connection: Connection, keys: set[str], rank: Rank, loader: Loader) -> None:
    """Find for all short names, or offices, that want these keys whom they mean."""
    decided = decisions(connection)
    wanting = forms_wanting(connection, keys, rank)
    offering = forms_under(connection, wanting, offered=True)
    needed = {form for forms in (*wanting.values(), *offering.values()) for form in forms}
    by_form: dict[int, list[Loaded]] = defaultdict(list)
    for one in loader.by_form(connection, needed):
        by_form[one.form_id].append(one)
    told = _named_by_people(connection, decided, rank, loader)
    sizes = _sizes(connection, {one.cluster for ones in by_form.values() for one in ones}, _CANDIDATES[rank])
    changes = _Changes(connection, decided, ("office",) if rank == "short" else ())
    for key in sorted(wanting):
        some = [one for form in sorted(wanting[key]) for one in by_form[form]]
        offered = {one.id: one for form in offering.get(key, ()) for one in by_form[form]}
        offered |= {other.id: other for one in some for other in told.get(one.id, ())}
        candidates: dict[int, list[Loaded]] = defaultdict(list)
        for one in offered.values():
            if one.rank in _CANDIDATES[rank] and one.cluster is not None:
                candidates[one.cluster].append(one)
        found = attach(
            [one.appearance for one in some],
            [
                Candidate(number, tuple(one.appearance for one in ones), sizes.get(number, 0))
                for number, ones in sorted(candidates.items())
            ],
            among(decided, {one.id for one in some} | offered.keys()),
        )
        changes.take(some, found.apart, found.attached)
    changes.write([one for ones in by_form.values() for one in ones])


def _sizes(connection: Connection, clusters: Iterable[int | None], ranks: Sequence[Rank]) -> dict[int, int]:
    """How many appearances of these ranks each cluster has."""
    a, f = tables.appearances.c, tables.forms.c
    found: dict[int, int] = {}
    for some in parts(number for number in clusters if number is not None):
        query = (
            select(a.cluster, func.count().label("n"))
            .join(tables.forms, f.id == a.form_id)
            .where(a.cluster.in_(some), f.rank.in_(ranks))
            .group_by(a.cluster)
        )
        found |= {row.cluster: row.n for row in connection.execute(query)}
    return found


def _named_by_people(
    connection: Connection, decided: Sequence[Decision], rank: Rank, loader: Loader
) -> dict[int, list[Loaded]]:
    """For appearances of that rank of which people said whom they are: all that are one with those."""
    same = [pair for d in decided if d.verdict == "same" for pair in ((d.one, d.other), (d.other, d.one))]
    place = _forms_of(connection, {id for pair in same for id in pair})
    pairs = [(one, other) for one, other in same if place[one][1] == rank and place[other][1] in _CANDIDATES[rank]]
    clusters = {id: row for id, row in place.items() if row[2] is not None}
    members: dict[int, list[Loaded]] = defaultdict(list)
    for loaded in loader.by_cluster(
        connection, {clusters[other][2] for _, other in pairs if other in clusters}, others=True
    ):
        members[loaded.cluster or 0].append(loaded)
    return {one: [m for m in members[clusters[other][2]] if m.id != one] for one, other in pairs if other in clusters}


def _forms_of(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[int, str, Any]]:
    """Form, rank and cluster of some appearances."""
    a, f = tables.appearances.c, tables.forms.c
    query = select(a.id, a.form_id, f.rank, a.cluster).join(tables.forms, f.id == a.form_id)
    return {row.id: tuple(row[1:]) for some in parts(ids) for row in connection.execute(query.where(a.id.in_(some)))}


def components(nodes: Iterable[int], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The nodes in groups that hang together by links, each in order, in the order of their first."""
    above: dict[int, int] = {node: node for node in nodes}

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for one, other in links:
        if one in above and other in above:
            one, other = top(one), top(other)
            above[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for node in sorted(above):
        groups[top(node)].append(node)
    return [groups[first] for first in sorted(groups)]


class _Changes:
    """What is different from what the tables say, of some blocks. `ranks`: which steps come after this one."""

    def __init__(self, connection: Connection, decided: Sequence[Decision], ranks: Sequence[Rank]) -> None:
        self.connection = connection
        self.decided = decided
        self.ranks = ranks
        self.rows: list[dict[str, Any]] = []
        self.clusters: set[int] = set()
        self.moved: set[int] = set()
        self.doubts: list[Doubt] = []
        self.taken: set[int] = set()

    def take(self, block: Sequence[Loaded], found: Clustering, attached: Iterable[tuple[int, Member]] = ()) -> None:
        """What a block came to. A cluster is called by one of its members, by the same as before where that can be."""
        by_id = {one.id: one for one in block}
        for group in found.groups:
            ids = {member.id for member in group}
            before = Counter(one.cluster for id in ids if (one := by_id[id]).cluster in ids)
            name = max(before, key=lambda c: (before[c], -(c or 0)), default=None) or min(ids)
            for member in group:
                self._put(by_id[member.id], name, member.sureness)
        for name, member in attached:
            self._put(by_id[member.id], name, member.sureness)
        self.doubts += found.doubts

    def _put(self, one: Loaded, cluster: int, sureness: float) -> None:
        sureness = round(sureness, 3)
        self.taken.add(one.id)
        if one.cluster != cluster:
            self.clusters.update(c for c in (one.cluster, cluster) if c is not None)
            self.moved.add(one.id)
        if (one.cluster, one.sureness) != (cluster, sureness):
            self.rows.append({"id_": one.id, "cluster_": cluster, "sureness_": sureness})

    def write(self, loaded: Sequence[Loaded]) -> None:
        """Write it all; the doubts about these appearances are made anew. Who may go to a cluster that has others than
        before is found again: `loaded` are the appearances that were looked at."""
        write_rows(self.connection, self.rows, ("cluster", "sureness"))
        self._drop_doubts({one.id for one in loaded})
        self._write_doubts()
        mark(self.connection, Step.ENTITY, (f"c{cluster}" for cluster in self.clusters))
        if not self.ranks:
            return
        a = tables.appearances.c
        forms: set[int] = set()
        for some in parts(self.clusters | self._lessened({one.cluster for one in loaded})):
            forms.update(self.connection.scalars(select(a.form_id).where(a.cluster.in_(some)).distinct()))
        offered = keys_of(self.connection, forms, offered=True)
        wanted = {key for keys in offered.values() for key in keys}
        partners = {id for d in self.decided for id in (d.one, d.other) if not self.moved.isdisjoint((d.one, d.other))}
        f = tables.forms.c
        for some in parts(partners):
            query = select(f.wanted).join(tables.appearances, a.form_id == f.id).where(a.id.in_(some))
            wanted.update(key for key in self.connection.scalars(query) if key is not None)
        mark_offered(self.connection, wanted, self.ranks)

    def _lessened(self, clusters: Iterable[int | None]) -> set[int]:
        """Those of these clusters that changed before, as where appearances were taken out."""
        u = tables.unresolved.c
        found: set[int] = set()
        for some in parts(f"c{number}" for number in clusters if number is not None):
            keys = self.connection.scalars(select(u.key).where(u.step == int(Step.ENTITY), u.key.in_(some)))
            found.update(int(key[1:]) for key in keys)
        return found

    def _drop_doubts(self, looked_at: set[int]) -> None:
        """Away with the doubts about what was resolved and what else was looked at."""
        d = tables.doubts.c
        for some in parts(self.taken):
            touching = or_(d.one_id.in_(some), d.other_id.in_(some))
            pairs = self.connection.execute(select(d.one_id, d.other_id).where(touching)).all()
            gone = [{"one": one, "other": other} for one, other in pairs if looked_at.issuperset((one, other))]
            if gone:
                pair = (d.one_id == bindparam("one")) & (d.other_id == bindparam("other"))
                self.connection.execute(delete(tables.doubts).where(pair), gone)

    def _write_doubts(self) -> None:
        rows = {}
        for doubt in self.doubts:
            one, other = sorted((doubt.one, doubt.other))
            row = {"one_id": one, "other_id": other, "score": round(doubt.score, 3), "reasons": list(doubt.reasons)}
            rows[one, other] = row
        insert(self.connection, tables.doubts, list(rows.values()))


def write_rows(connection: Connection, rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    """Update appearances: each row has the id as `id_` and the values as `cluster_` and so on."""
    if rows:
        values: Any = {column: bindparam(f"{column}_") for column in columns}
        connection.execute(
            update(tables.appearances).where(tables.appearances.c.id == bindparam("id_")).values(values), rows
        )
