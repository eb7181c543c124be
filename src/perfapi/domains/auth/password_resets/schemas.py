from typing import Annotated

from pydantic import EmailStr, Field

from perfapi.core.schema import Input
from perfapi.domains.auth.schemas import Password, Token


class PasswordResetRequest(Input):
    email: Annotated[EmailStr, Field(max_length=254)]


class PasswordResetCompletion(Input):
    token: Token
    password: Password
