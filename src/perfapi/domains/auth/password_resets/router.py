from fastapi import Request, Response

from perfapi.core.errors import problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.domains.auth.errors import PasswordWeak, TooManyAttempts
from perfapi.domains.auth.gate import caller_of

from . import schemas, service
from .errors import PasswordResetInvalid

router = Router(prefix="/auth/password-resets", tags=["auth"])


@router.post(
    "",
    repeatable=False,
    status_code=202,
    response_class=Response,
    responses=problems(TooManyAttempts),
)
async def request_password_reset(
    request: Request, body: Body[schemas.PasswordResetRequest]
) -> Response:
    """Ask for a link to a new password, by mail.

    The answer is the same, in about the same time, whether or not somebody signs in with this
    address. The link works once, for an hour, and ends those before it.
    """
    state = request.app.state
    await service.request_password_reset(
        state.sessions, state.gate, caller_of(request), email=body.email
    )
    return Response(status_code=202)


@router.post(
    "/complete",
    repeatable=False,
    status_code=204,
    responses=problems(PasswordResetInvalid, PasswordWeak, TooManyAttempts),
)
async def complete_password_reset(
    request: Request, body: Body[schemas.PasswordResetCompletion]
) -> None:
    """Set a new password with the token of the link.

    All sessions of the account end, in other organizations too, and a letter tells its owner.
    """
    state = request.app.state
    await service.complete_password_reset(
        state.sessions,
        state.gate,
        caller_of(request),
        token=body.token,
        password=body.password,
    )
