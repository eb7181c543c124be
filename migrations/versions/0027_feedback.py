"""Feedback: praise and advice, who received it, what is said about it, and asking for it."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0027"
down_revision = "0026"

TIME = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
TABLES = [
    "company_values",
    "feedback_requests",
    "feedback_respondents",
    "feedback",
    "feedback_receivers",
    "feedback_values",
    "feedback_comments",
    "feedback_notices",
    "feedback_reactions",
    "feedback_reports",
    "communication_styles",
]


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, TIME, nullable=True)


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, TIME, server_default=sa.text("now()"), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("organization_id", *columns, name=op.f(f"pk_{table}"))


def _to(table: str, column: str, other: str, *, then: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{other}.organization_id", f"{other}.id"],
        name=op.f(f"fk_{table}_organization_id_{column}"),
        ondelete=then,
    )


def _index(table: str, column: str) -> None:
    name = op.f(f"ix_{table}_organization_id_{column}")
    op.create_index(name, table, ["organization_id", column])


def upgrade() -> None:
    op.create_table(
        "company_values",
        _uuid("organization_id"),
        _uuid("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        _time("archived_at"),
        _now("created_at"),
        _now("updated_at"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_company_values_organization_id"),
        ),
        _key("company_values", "id"),
    )
    op.create_index(
        "uq_company_values_organization_id_name",
        "company_values",
        ["organization_id", "name"],
        unique=True,
    )
    _requests()
    _feedback()
    _around_feedback()
    for table in TABLES:
        for statement in rls.protect(table):
            op.execute(statement)


def _requests() -> None:
    op.create_table(
        "feedback_requests",
        _uuid("organization_id"),
        _uuid("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("requester_id"),
        _uuid("about_id"),
        sa.Column("questions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        _time("closed_at"),
        _now("created_at"),
        _now("updated_at"),
        sa.CheckConstraint(
            "cardinality(questions) BETWEEN 1 AND 5",
            name=op.f("ck_feedback_requests_has_questions"),
        ),
        _to("feedback_requests", "requester_id", "people"),
        _to("feedback_requests", "about_id", "people"),
        _key("feedback_requests", "id"),
    )
    op.create_index(
        "ix_feedback_requests_asked",
        "feedback_requests",
        ["organization_id", "requester_id", "created_at", "id"],
    )
    op.create_index(
        "ix_feedback_requests_newest", "feedback_requests", ["organization_id", "created_at", "id"]
    )
    _index("feedback_requests", "about_id")
    op.create_table(
        "feedback_respondents",
        _uuid("organization_id"),
        _uuid("request_id"),
        _uuid("person_id"),
        _time("answered_at"),
        _time("declined_at"),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "declined_at IS NULL OR answered_at IS NULL",
            name=op.f("ck_feedback_respondents_one_answer"),
        ),
        _to("feedback_respondents", "request_id", "feedback_requests", then="CASCADE"),
        _to("feedback_respondents", "person_id", "people"),
        _key("feedback_respondents", "request_id", "person_id"),
    )
    op.create_index(
        "ix_feedback_respondents_of_person",
        "feedback_respondents",
        ["organization_id", "person_id"],
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        _uuid("organization_id"),
        _uuid("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("giver_id"),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("skills", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        _uuid("goal_id", nullable=True),
        _uuid("request_id", nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        _time("edited_at"),
        _time("hidden_at"),
        sa.Column("proposed_visibility", WORD, nullable=True),
        _uuid("proposed_by_id", nullable=True),
        _time("giver_agreed_at"),
        _now("created_at"),
        _now("updated_at"),
        sa.CheckConstraint(
            "(proposed_visibility IS NULL) = (proposed_by_id IS NULL)",
            name=op.f("ck_feedback_somebody_proposes"),
        ),
        sa.CheckConstraint(
            "hidden_at IS NULL OR visibility = 'public'",
            name=op.f("ck_feedback_only_public_is_hidden"),
        ),
        _to("feedback", "giver_id", "people"),
        _to("feedback", "goal_id", "goals", then="SET NULL (goal_id)"),
        _to("feedback", "request_id", "feedback_requests"),
        _to("feedback", "proposed_by_id", "people"),
        _key("feedback", "id"),
    )
    _index("feedback", "goal_id")
    _index("feedback", "request_id")
    by_time = ["created_at", "id"]
    op.create_index("ix_feedback_newest", "feedback", ["organization_id", *by_time])
    op.create_index("ix_feedback_given", "feedback", ["organization_id", "giver_id", *by_time])
    op.create_index(
        "ix_feedback_wall",
        "feedback",
        ["organization_id", *by_time],
        postgresql_where=sa.text("visibility = 'public' AND hidden_at IS NULL"),
    )
    op.create_index(
        "ix_feedback_proposed",
        "feedback",
        ["organization_id"],
        postgresql_where=sa.text("proposed_visibility IS NOT NULL"),
    )
    op.create_table(
        "feedback_receivers",
        _uuid("organization_id"),
        _uuid("feedback_id"),
        _uuid("person_id"),
        _time("thanked_at"),
        _time("acknowledged_at"),
        _time("agreed_at"),
        _uuid("goal_id", nullable=True),
        _to("feedback_receivers", "feedback_id", "feedback", then="CASCADE"),
        _to("feedback_receivers", "person_id", "people"),
        _to("feedback_receivers", "goal_id", "goals", then="SET NULL (goal_id)"),
        _key("feedback_receivers", "feedback_id", "person_id"),
    )
    _index("feedback_receivers", "goal_id")
    op.create_index(
        "ix_feedback_receivers_of_person", "feedback_receivers", ["organization_id", "person_id"]
    )
    op.create_index(
        "ix_feedback_receivers_waiting",
        "feedback_receivers",
        ["organization_id", "person_id"],
        postgresql_where=sa.text("acknowledged_at IS NULL"),
    )
    op.create_table(
        "feedback_values",
        _uuid("organization_id"),
        _uuid("feedback_id"),
        _uuid("value_id"),
        _to("feedback_values", "feedback_id", "feedback", then="CASCADE"),
        _to("feedback_values", "value_id", "company_values"),
        _key("feedback_values", "feedback_id", "value_id"),
    )
    _index("feedback_values", "value_id")


def _around_feedback() -> None:
    op.create_table(
        "feedback_comments",
        _uuid("organization_id"),
        _uuid("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("feedback_id"),
        _uuid("author_id"),
        sa.Column("text", sa.String(), nullable=False),
        _time("edited_at"),
        _now("created_at"),
        _now("updated_at"),
        _to("feedback_comments", "feedback_id", "feedback", then="CASCADE"),
        _to("feedback_comments", "author_id", "people"),
        _key("feedback_comments", "id"),
    )
    op.create_index(
        "ix_feedback_comments_page",
        "feedback_comments",
        ["organization_id", "feedback_id", "created_at", "id"],
    )
    _index("feedback_comments", "author_id")
    op.create_table(
        "feedback_notices",
        _uuid("organization_id"),
        _uuid("feedback_id"),
        _uuid("person_id"),
        _now("since"),
        _to("feedback_notices", "feedback_id", "feedback", then="CASCADE"),
        _to("feedback_notices", "person_id", "people"),
        _key("feedback_notices", "feedback_id", "person_id"),
    )
    op.create_index(
        "ix_feedback_notices_of_person", "feedback_notices", ["organization_id", "person_id"]
    )
    op.create_table(
        "feedback_reactions",
        _uuid("organization_id"),
        _uuid("feedback_id"),
        _uuid("person_id"),
        sa.Column("kind", WORD, nullable=False),
        _to("feedback_reactions", "feedback_id", "feedback", then="CASCADE"),
        _to("feedback_reactions", "person_id", "people"),
        _key("feedback_reactions", "feedback_id", "person_id", "kind"),
    )
    _index("feedback_reactions", "person_id")
    op.create_table(
        "feedback_reports",
        _uuid("organization_id"),
        _uuid("feedback_id"),
        _uuid("person_id"),
        sa.Column("reason", sa.String(), nullable=False),
        _now("reported_at"),
        _to("feedback_reports", "feedback_id", "feedback", then="CASCADE"),
        _to("feedback_reports", "person_id", "people"),
        _key("feedback_reports", "feedback_id", "person_id"),
    )
    _index("feedback_reports", "person_id")
    op.create_table(
        "communication_styles",
        _uuid("organization_id"),
        _uuid("person_id"),
        sa.Column("style", WORD, nullable=False),
        _to("communication_styles", "person_id", "people"),
        _key("communication_styles", "person_id"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
