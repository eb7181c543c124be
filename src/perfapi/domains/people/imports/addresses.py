"""E-mail addresses: checked, and made from names by a template."""

import re

from email_validator import EmailNotValidError, validate_email

from perfapi.domains.people.imports.names import email_words

MAX_LOCAL_PART = 60

_PLAIN = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_NOT_IN_AN_ADDRESS = re.compile(r"[^a-z0-9-]+")
_REPEATED = re.compile(r"([._-])[._-]+")


def checked_address(text: str) -> str | None:
    """The address in lower case; None if it is none."""
    address = text.lower()
    if _PLAIN.fullmatch(address):
        return address
    try:
        return validate_email(address, check_deliverability=False, strict=True).normalized.lower()
    except EmailNotValidError:
        return None


class AddressTemplate:
    """`{first}.{last}@example.com`: letters that ASCII lacks are transliterated or dropped."""

    def __init__(self, template: str) -> None:
        local, _, domain = template.partition("@")
        self._local = local
        self._domain = domain.lower()
        self._placeholders = frozenset(_PLACEHOLDER.findall(local))

    def fill(self, given: str, family: str, external_id: str | None) -> str | None:
        """None: of the name (or id) nothing is left that an address may hold."""
        first, last = email_words(given, family)
        own_id = _NOT_IN_AN_ADDRESS.sub("", (external_id or "").lower())
        parts = {"{first}": first, "{last}": last, "{external_id}": own_id}
        if not any(parts[it].strip("-") for it in self._placeholders):
            return None
        local = self._local
        for placeholder in self._placeholders:
            local = local.replace(placeholder, parts[placeholder])
        local = _REPEATED.sub(r"\1", local.lower()).strip("._-")
        return f"{local[:MAX_LOCAL_PART].strip('._-')}@{self._domain}"
