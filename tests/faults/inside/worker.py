"""The worker of the fault tests: the real one, with crash points and effects that show."""

# ruff: noqa: I001 -- the clock comes first
from tests.faults.inside import clock  # noqa: F401

from datetime import timedelta

from perfapi import worker
from perfapi.core import deliveries, discovery
from tests.faults.inside import leftovers, marks, plants, points  # noqa: F401

# What a killed worker held is taken up within the patience of a test.
deliveries.LEASE = timedelta(seconds=4)


def main() -> None:
    list(discovery.modules("jobs"))  # what they register is wrapped
    leftovers.install()
    plants.install_in_the_worker()
    points.install_at_commits()
    points.install_in_the_worker()
    worker.main()


if __name__ == "__main__":
    main()
