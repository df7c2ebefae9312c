"""People: appearances, entities, what people decided about who is who, and people known from other data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "earlier_refs",
        sa.Column(
            "anchor", sa.BigInteger(), autoincrement=False, nullable=False, comment="of an ID that was given once"
        ),
        sa.Column("leads_to", sa.BigInteger(), nullable=False, comment="appearances.anchor of another of that entity"),
        sa.PrimaryKeyConstraint("anchor", name="pk_earlier_refs"),
        comment="Where the IDs of entities lead whose appearance a later reading or version does not have.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_earlier_refs_leads_to", "earlier_refs", ["leads_to"])
    op.create_table(
        "forms",
        sa.Column("id", _ID, nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False, comment="of kind, name, aliases and role"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False, comment="the other names there: a list"),
        sa.Column("role", sa.Text()),
        sa.Column(
            "rank", sa.String(length=6), nullable=False, comment="full, short or office (qawl.people.appearance)"
        ),
        sa.Column("wanted", sa.Text(), comment="the key under which those are found whom it may mean"),
        sa.PrimaryKeyConstraint("id", name="pk_forms"),
        sa.UniqueConstraint("digest", name="uq_forms_digest"),
        comment="How somebody appears: each combination of names and role is a row, however many articles have it.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forms_wanted", "forms", ["wanted"], sqlite_where=sa.text("wanted IS NOT NULL"))
    op.create_table(
        "identity_judgements",
        sa.Column("id", _ID, nullable=False, comment="one numbering with the judgements about statements"),
        sa.Column(
            "verdict", sa.String(length=9), nullable=False, comment="same, different, or undone: takes another one back"
        ),
        sa.Column("one_key", sa.Text(), comment="the article's key; null: a known one is meant"),
        sa.Column("one_hash", sa.String(length=32), comment="the article's text_hash"),
        sa.Column("one_start", sa.Integer()),
        sa.Column("one_end", sa.Integer()),
        sa.Column("one_kind", sa.String(length=12), nullable=False),
        sa.Column("one_name", sa.Text(), nullable=False),
        sa.Column("one_known", sa.Text(), comment="of one known from other data: known.identifier"),
        sa.Column("other_key", sa.Text(), comment="the article's key; null: a known one is meant"),
        sa.Column("other_hash", sa.String(length=32), comment="the article's text_hash"),
        sa.Column("other_start", sa.Integer()),
        sa.Column("other_end", sa.Integer()),
        sa.Column("other_kind", sa.String(length=12), nullable=False),
        sa.Column("other_name", sa.Text(), nullable=False),
        sa.Column("other_known", sa.Text(), comment="of one known from other data: known.identifier"),
        sa.Column("note", sa.Text()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("undoes", _ID),
        sa.ForeignKeyConstraint(
            ["undoes"], ["identity_judgements.id"], name="fk_identity_judgements_undoes", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identity_judgements"),
        comment="What people decided about who is who; rows are only ever added.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_identity_judgements_one_key", "identity_judgements", ["one_key"])
    op.create_index("ix_identity_judgements_other_key", "identity_judgements", ["other_key"])
    op.create_index(
        "ix_identity_judgements_undoes", "identity_judgements", ["undoes"], sqlite_where=sa.text("undoes IS NOT NULL")
    )
    op.create_table(
        "known",
        sa.Column("id", _ID, nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False, comment="the id that the source gives, such as Q42"),
        sa.Column("source", sa.String(length=10), nullable=False, comment="wikidata or ftm (FollowTheMoney)"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False, comment="all other labels and aliases that are Arabic"),
        sa.Column("country", sa.String(length=6), comment="ISO 3166: alpha-2, or the code of a part such as GB-SCT"),
        sa.Column("terms", sa.JSON(), nullable=False, comment="offices: a list of {title, of, first, last}"),
        sa.Column(
            "identifiers",
            sa.JSON(),
            nullable=False,
            comment="the ids that others give: an object by the name of the source",
        ),
        sa.Column("given", sa.JSON(), nullable=False, comment="the other names, as they came, to be given back"),
        sa.Column("imported_at", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_known"),
        sa.UniqueConstraint("identifier", name="uq_known_identifier"),
        comment="People and bodies known from other people's data; kept when all else here is made anew.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "people_state",
        sa.Column(
            "fingerprint", sa.String(length=40), nullable=False, comment="of the resolver with which entities were made"
        ),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_people_state"),
        comment="One row, or none before the first appearance.",
    )
    op.create_table(
        "unresolved",
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False, comment="1 to 4 (qawl.people.updating)"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("step", "key", name="pk_unresolved"),
        comment="What is left to do; empty when all is up to date.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entities",
        sa.Column("id", _ID, nullable=False),
        sa.Column("anchor", sa.BigInteger(), nullable=False, comment="that of its earliest appearance; its public ID"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("romanised", sa.Text()),
        sa.Column("country", sa.String(length=6), comment="ISO 3166: alpha-2, or the code of a part such as GB-SCT"),
        sa.Column("known_id", _ID),
        sa.Column("statements", sa.Integer(), nullable=False, comment="that it makes"),
        sa.Column("articles", sa.Integer(), nullable=False, comment="in which it appears"),
        sa.Column("first", sa.String(length=10)),
        sa.Column("last", sa.String(length=10)),
        sa.ForeignKeyConstraint(["known_id"], ["known.id"], name="fk_entities_known_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_entities"),
        comment="Persons, bodies, states, groups and documents across articles; made anew at will.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entities_anchor", "entities", ["anchor"])
    op.create_index("ix_entities_known_id", "entities", ["known_id"], sqlite_where=sa.text("known_id IS NOT NULL"))
    op.create_index("ix_entities_statements", "entities", ["statements"])
    op.create_table(
        "form_keys",
        sa.Column("key", sa.Text(), nullable=False, comment="forms that may be one share a key"),
        sa.Column(
            "offered", sa.Boolean(), nullable=False, comment="the key of a short name or an office; else of a full name"
        ),
        sa.Column("form_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name="fk_form_keys_form_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "offered", "form_id", name="pk_form_keys"),
        comment="Where to look for the others (qawl.people.appearance.Keys).",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_form_keys_form_id", "form_keys", ["form_id"])
    op.create_table(
        "names",
        sa.Column("name", sa.Text(), nullable=False, comment="folded"),
        sa.Column("form_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name="fk_names_form_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", "form_id", name="pk_names"),
        comment="To find an entity by any of its names.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_names_form_id", "names", ["form_id"])
    op.create_table(
        "offices",
        sa.Column("entity_id", _ID, nullable=False),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="0, 1, … the most frequent first"
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), comment="the state (ISO 3166) or body"),
        sa.Column("first", sa.String(length=10)),
        sa.Column("last", sa.String(length=10)),
        sa.Column("count", sa.Integer(), nullable=False, comment="articles that give it"),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name="fk_offices_entity_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity_id", "position", name="pk_offices"),
        comment="Offices that articles give an entity, with the days between which they do.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relations",
        sa.Column("entity_id", _ID, nullable=False),
        sa.Column(
            "kind",
            sa.String(length=11),
            nullable=False,
            comment="state_of, capital_of, body_of, office_of, national_of",
        ),
        sa.Column("of", sa.String(length=6), nullable=False, comment="the state: ISO 3166, as in entities.country"),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name="fk_relations_entity_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity_id", "kind", "of", name="pk_relations"),
        comment="What an entity is to a state; entities of one state are related.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_relations_of", "relations", ["of"])
    op.create_table(
        "resolved",
        sa.Column("reading_id", _ID, autoincrement=False, nullable=False),
        sa.Column("names", sa.JSON(), nullable=False, comment="the folded names of all that appear there"),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_resolved_reading_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading_id", name="pk_resolved"),
        comment="The current readings of latest versions whose appearances are in the table.",
    )
    op.create_table(
        "appearances",
        sa.Column("id", _ID, nullable=False),
        sa.Column("reading_id", _ID),
        sa.Column("known_id", _ID, comment="instead of the reading"),
        sa.Column("form_id", _ID, nullable=False),
        sa.Column("speaker_id", _ID, comment="null: only spoken about"),
        sa.Column("name_start", sa.Integer()),
        sa.Column("name_end", sa.Integer()),
        sa.Column("anchor", sa.BigInteger(), nullable=False, comment="names it in every record: 50 bits"),
        sa.Column("cluster", _ID, comment="the id of one of those that were found to be one; null: not resolved yet"),
        sa.Column("entity_id", _ID),
        sa.Column("sureness", sa.Float(), comment="that it belongs to this entity, 0 to 1"),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name="fk_appearances_entity_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name="fk_appearances_form_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["known_id"], ["known.id"], name="fk_appearances_known_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_appearances_reading_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name="fk_appearances_speaker_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_appearances"),
        comment="Somebody in one article, as a speaker or spoken about, and who that is.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appearances_anchor", "appearances", ["anchor"])
    op.create_index("ix_appearances_cluster", "appearances", ["cluster"])
    op.create_index("ix_appearances_entity_id", "appearances", ["entity_id"])
    op.create_index("ix_appearances_form_id", "appearances", ["form_id"])
    op.create_index(
        "ix_appearances_known_id", "appearances", ["known_id"], sqlite_where=sa.text("known_id IS NOT NULL")
    )
    op.create_index("ix_appearances_reading_id", "appearances", ["reading_id"])
    op.create_index(
        "ix_appearances_speaker_id", "appearances", ["speaker_id"], sqlite_where=sa.text("speaker_id IS NOT NULL")
    )
    op.create_table(
        "doubts",
        sa.Column("one_id", _ID, nullable=False),
        sa.Column("other_id", _ID, nullable=False),
        sa.Column("score", sa.Float(), nullable=False, comment="0: different, 1: the same"),
        sa.Column("reasons", sa.JSON(), nullable=False, comment="what speaks for it and against it: a list"),
        sa.ForeignKeyConstraint(["one_id"], ["appearances.id"], name="fk_doubts_one_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["appearances.id"], name="fk_doubts_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_doubts"),
        comment="Pairs of which the resolver is not sure, each by one appearance of either entity.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_doubts_other_id", "doubts", ["other_id"])
    op.create_table(
        "parties",
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column("part", sa.String(length=9), nullable=False, comment="speaker, addressee or about"),
        sa.Column("appearance_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["appearance_id"], ["appearances.id"], name="fk_parties_appearance_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name="fk_parties_statement_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", "part", "appearance_id", name="pk_parties"),
        comment="Who has which part in a statement as it is shown.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_parties_appearance_id_part", "parties", ["appearance_id", "part"])
