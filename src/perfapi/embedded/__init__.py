"""PostgreSQL and Valkey out of Python wheels: servers for a machine that has none.

They listen on the loopback interface alone, ask for passwords made here, and live as long as the
process that started them.
"""
