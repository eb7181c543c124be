"""Insights: how the goals of a company, a department, a team or a manager's people stand.

*Facts* are a narrow row per goal that follows the event log; *numbers* are counted from them as of
today, since what changes with the calendar cannot be stored. A *snapshot* keeps the numbers of a
day for the *trend*. A number counts only goals that whoever asks may see, and never private ones;
of fewer than five goals or three owners nothing is told. See `docs/decisions/0022`.
"""
