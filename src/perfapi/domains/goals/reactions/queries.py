from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core.binds import ORGANIZATION, YOU

from .models import CheckInReaction, GoalCommentReaction


def reactions_to_comment(comment_id: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """For documents of a comment: how many react how, and whether YOU are one of them."""
    reaction = aliased(GoalCommentReaction)
    return counted(reaction, reaction.comment_id == comment_id)


def reactions_to_check_in(check_in_id: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    reaction = aliased(CheckInReaction)
    return counted(reaction, reaction.check_in_id == check_in_id)


def counted(reaction: Any, is_to_it: ColumnElement[bool]) -> ColumnElement[Any]:
    """Of any table of reactions; `is_to_it` says to what."""
    kinds = (
        select(
            cast(reaction.kind, Text).label("kind"),
            func.count().label("count"),
            func.bool_or(reaction.person_id == YOU).label("is_mine"),
        )
        .where(reaction.organization_id == ORGANIZATION, is_to_it)
        .group_by(reaction.kind)
        .correlate_except(reaction)
        .subquery()
    )
    pairs = [part for name in ("kind", "count", "is_mine") for part in (name, kinds.c[name])]
    listed = func.json_agg(aggregate_order_by(func.json_build_object(*pairs), kinds.c.kind))
    return select(func.coalesce(listed, func.json_build_array())).scalar_subquery()
