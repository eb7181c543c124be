"""Who leaves: lines end, reports go to the leaver's manager, roles and teams are given up.

The reports' new manager was above them already, so that nobody sees more than before, and the
chain has no gap. Where there was nobody above the leaver, the reports are left without a manager.
"""
