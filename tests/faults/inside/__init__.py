"""What the fault tests put into the processes that they start: the product knows nothing of it.

Each process reads what is asked of it from variables that begin with FAULTS_.
"""
