"""Templates know every kind of key result: those that are kept get the parts that came along."""

from alembic import op

revision = "0016"
down_revision = "0015"

_NEW = """{"lower": null, "upper": null, "tolerance": null, "weight": "1", "milestones": []}"""


def upgrade() -> None:
    # What a key result says already stands above what it is given here.
    op.execute(
        f"""
        UPDATE goal_templates SET key_results = (
            SELECT coalesce(jsonb_agg('{_NEW}'::jsonb || one ORDER BY place), '[]'::jsonb)
            FROM jsonb_array_elements(key_results) WITH ORDINALITY AS each(one, place)
        )
        """
    )


def downgrade() -> None:
    # Numbers and percents go back to what they were; the former version knows no others.
    op.execute(
        """
        UPDATE goal_templates SET key_results = (
            SELECT coalesce(
                jsonb_agg(
                    one - 'lower' - 'upper' - 'tolerance' - 'weight' - 'milestones'
                    ORDER BY place
                ),
                '[]'::jsonb
            )
            FROM jsonb_array_elements(key_results) WITH ORDINALITY AS each(one, place)
            WHERE one ->> 'kind' IN ('number', 'percent')
        )
        """
    )
