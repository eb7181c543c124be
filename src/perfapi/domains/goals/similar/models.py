"""No tables of its own, but indexes that find titles by their trigrams."""

from sqlalchemy import Index

from perfapi.domains.goals.models import Goal, KeyResult

Index(
    "ix_goals_alike",
    Goal.organization_id,
    Goal.title,
    postgresql_using="gist",
    postgresql_ops={"title": "gist_trgm_ops"},
)
Index(
    "ix_key_results_alike",
    KeyResult.organization_id,
    KeyResult.title,
    postgresql_using="gist",
    postgresql_ops={"title": "gist_trgm_ops"},
)
