"""Who calls: accounts, memberships, sessions and invitations.

An *account* (one per e-mail address) signs in with a password and belongs to people in one or more
organizations by *memberships*. Signing in opens a *session*: short-lived access tokens, and a
refresh token that is replaced at each use. An *invitation* lets a person set a password.
"""
