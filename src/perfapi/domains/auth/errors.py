from perfapi.core.errors import Conflict, Invalid, TooManyRequests, Unauthenticated


class CredentialsWrong(Unauthenticated):
    """The address or the password is wrong; which of the two is not told."""

    title = "The e-mail address or the password is wrong."


class OrganizationChoice(Conflict):
    """You belong to several organizations: send the `slug` of one of `organizations` along."""

    title = "Say which organization you sign in to."


class SessionEnded(Unauthenticated):
    """You signed out, the session expired, or its refresh token was used twice."""

    title = "The session has ended. Sign in again."


class TooManyAttempts(TooManyRequests):
    """Too many sign-ins failed. Wait for `Retry-After` seconds; the right password will work."""

    title = "Too many attempts to sign in."


class PasswordWeak(Invalid):
    """Longer is better: take a few words that only you would put together."""

    title = "The password is too easy to guess."


class InvitationInvalid(Invalid):
    """The invitation was used, has expired, or never existed. Ask for a new one."""

    title = "The invitation is not valid any more."


class EmailMissing(Conflict):
    """Without an e-mail address a person cannot sign in."""

    title = "The person has no e-mail address."
