from perfapi.core.errors import Invalid


class PasswordResetInvalid(Invalid):
    """The link was used, has expired, was replaced by a newer one, or never existed."""

    title = "The link to a new password is not valid any more."
