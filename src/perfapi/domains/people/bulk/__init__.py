"""Many people at once: the way in for imports, upserts and demo data, in few statements.

`apply_people` takes one `PersonChange` per person and does what the commands for one person do:
same columns, same lines, same events. Whoever calls it has planned: values are valid, managers
exist and ids of new people are given, so that managers may come after their reports.
"""
