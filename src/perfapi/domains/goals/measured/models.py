"""No table of its own, but the index of the list."""

from sqlalchemy import Index

from perfapi.domains.goals.models import KeyResult

Index("ix_key_results_by_title", KeyResult.organization_id, KeyResult.title, KeyResult.id)
