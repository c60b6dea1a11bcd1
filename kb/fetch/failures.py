"""What went wrong with a request, in words: what, where, and what to do."""

from __future__ import annotations

import ssl
from http import HTTPStatus

import httpcore

from kb.errors import FetchError
from kb.fetch.network import Overdue
from kb.fetch.settings import Settings
from kb.model.fetched import GONE, Fetched

_REFUSED = (401, 402, 403, 407, 451)
_LATER = (429, 503)


def may_pass(error: Exception) -> bool:
    """Whether the same request may succeed a moment later."""
    lasting = (Overdue, httpcore.LocalProtocolError, httpcore.UnsupportedProtocol)
    return not isinstance(error, lasting) and not isinstance(_cause(error), ssl.SSLCertVerificationError)


def explained(error: Exception, url: str, settings: Settings) -> FetchError:
    """A failed request as an error of kb."""
    cause = _cause(error)
    if isinstance(error, Overdue):
        said = f"takes longer than {settings.deadline:g} s as a whole: raise --deadline, or try again later"
    elif isinstance(error, httpcore.ConnectTimeout):
        said = f"cannot be reached within {settings.timeout:g} s: try again later, or raise --timeout"
    elif isinstance(error, httpcore.TimeoutException):
        said = f"sends nothing for {settings.timeout:g} s: try again later, or raise --timeout"
    elif isinstance(cause, ssl.SSLCertVerificationError):
        said = f"has a certificate that does not hold ({cause.verify_message}): nothing was read from it"
    elif isinstance(error, httpcore.ConnectError):
        said = f"cannot be reached ({_reason(error)}): check the address and the network"
    elif isinstance(error, httpcore.NetworkError):
        said = f"breaks off ({_reason(error)}): try again later"
    else:
        said = f"gives no whole answer in HTTP ({_reason(error)}): try again later"
    return FetchError(f"{url} {said}")


def require_page(answer: Fetched) -> Fetched:
    """The answer, if it is the page that was asked for.

    Raises:
        FetchError: the server says that it is gone, refused, or not to be had now.
    """
    status = answer.status
    if 200 <= status < 300 and status != HTTPStatus.PARTIAL_CONTENT:
        return answer
    led = f" (asked for as {answer.url})" if answer.final_url != answer.url else ""
    where = f"{answer.final_url}{led}"
    if status in GONE:
        raise FetchError(f"{where} is not there ({_phrase(status)}): check the address")
    if status in _REFUSED:
        raise FetchError(
            f"{where} is refused ({_phrase(status)}): save the page in a browser and load the file"
        )
    if status in _LATER:
        after = answer.header("retry-after")
        when = f"after {after}" if after else "later"
        raise FetchError(f"{where} is not to be had now ({_phrase(status)}): try again {when}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise FetchError(f"{where}: its server fails ({_phrase(status)}): try again later")
    raise FetchError(f"{where} answers {_phrase(status)}, which is no page: check the address")


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _reason(error: Exception) -> str:
    """What the system says, without its number."""
    cause = _cause(error)
    return (cause and cause.strerror) or str(error) or type(error).__name__


def _cause(error: BaseException) -> OSError | None:
    """What the system raised, from which the error was made; httpcore hides it on the way up."""
    before = error.__cause__ or error.__context__
    return before if before is None or isinstance(before, OSError) else _cause(before)
