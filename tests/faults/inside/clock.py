"""`FAULTS_CLOCK=-3600`: this process's clock is an hour behind. To be imported before all else."""

import os
import time
from datetime import timedelta

from perfapi.core import clock

SHIFT = int(os.environ.get("FAULTS_CLOCK", "0"))

if SHIFT:
    _right, _right_ns = clock.utcnow, time.time_ns
    clock.utcnow = lambda: _right() + timedelta(seconds=SHIFT)
    time.time_ns = lambda: _right_ns() + SHIFT * 10**9
