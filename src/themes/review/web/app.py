"""The web app: addresses out of the table, a person to each request, a token in each form. Denies by default."""

import asyncio
import hmac
import time
from collections.abc import Callable, Collection
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route as Address

from themes.errors import ThemesError
from themes.review.people import Person, Role
from themes.review.study import NothingToReview
from themes.review.web import static_files
from themes.review.web.desk import Ask, Desk, go_to, not_here
from themes.review.web.forms import MOST_BYTES, BadForm, Form, TooLong, of_pairs, parse
from themes.review.web.gate import AccountGate, Gate, OpenGate, SignedIn, SignedOut
from themes.review.web.guard import Guard, report
from themes.review.web.refusing import SESSION_ENDED, SIGNED_OUT, held, refused
from themes.review.web.render import renderer
from themes.review.web.routes import ROUTES, Route
from themes.review.web.sessions import Sessions

KEYS_COOKIE = "themes-keys"
SECONDS_FOR_A_FORM = 30
"""How long a form may take to arrive."""


def review_app(
    desk: Desk,
    sessions: Sessions,
    *,
    hosts: Collection[str],
    gate: Gate | None = None,
    clock: Callable[[], float] = time.time,
    secure: bool = False,
) -> Guard:
    """The app, ready to be served.

    Args:
        desk: The corpus.
        sessions: Makes and recognises sessions.
        hosts: The names, with port, under which it is served.
        gate: Knows whose session it is; default: whoever asks is let in.
        clock: Seconds since 1970.
        secure: Whether browsers speak TLS: then they bring cookies along over it alone.
    """
    render = renderer()
    name = session_cookie(hosts, secure=secure)
    routes = [
        Address(
            route.path,
            partial(_answer, route, desk, sessions, gate or OpenGate(), clock, render, name),
            methods=[route.method],
        )
        for route in ROUTES
    ]
    routes.append(Address("/static/{name}", static_files.serve, methods=["GET"]))
    app = Starlette(routes=routes, exception_handlers={HTTPException: partial(_refused, render)})
    app.router.redirect_slashes = False
    return Guard(app, hosts)


def session_cookie(hosts: Collection[str], *, secure: bool = False) -> str:
    """The name of the cookie: cookies know no ports, and two corpora may be open at once.

    Over TLS one that begins with "__Host-", which no other name of the same domain, and nobody without TLS, can set.
    """
    ports = sorted({host.rpartition(":")[2] for host in hosts if ":" in host})
    return ("__Host-" if secure else "") + (f"themes-session-{ports[0]}" if ports else "themes-session")


async def _answer(
    route: Route,
    desk: Desk,
    sessions: Sessions,
    gate: Gate,
    clock: Callable[[], float],
    render: Callable[..., str],
    cookie_name: str,
    request: Request,
) -> Response:
    now, secure = clock(), cookie_name.startswith("__Host-")
    told = request.cookies.get(cookie_name, "")
    there = sessions.read(told, now)
    session = there or sessions.begin(now)
    person = await run_in_threadpool(gate.person, session.session_id)
    refuse = partial(refused, render)
    sent = of_pairs([]) if request.method == "GET" else await _sent(request, refuse)
    if isinstance(sent, Response):
        return sent
    token = sessions.token(session)
    if person.role not in route.roles:
        if route.method == "GET" and person.role is Role.NOBODY:
            return go_to("/sign-in")
        return _not_let_in(route, request, sent, person, partial(held, render), refuse)
    if request.method != "GET" and (there is None or not sessions.is_token(there, sent.one("token"))):
        if not _holds(route, request):
            return refuse(403, "Your session has ended, so nothing was done. Go back, reload the page and try again.")
        again = held(render, request, sent, token=token, status=403, sentence=SESSION_ENDED)
        return again if there else _begun(again, cookie_name, sessions.cookie(session))
    try:
        query = of_pairs(parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return refuse(400, "This address is not one of this page.")
    ask = Ask(
        desk=desk,
        person=person,
        gate=gate,
        path=dict(request.path_params),
        query={key: values[-1] for key, values in query.values.items()},
        form=sent,
        token=token,
        keys=request.cookies.get(KEYS_COOKIE, ""),
        render=render,
        secure=secure,
    )
    response = await run_in_threadpool(_answered, route, ask)
    if isinstance(gate, AccountGate) and isinstance(response, SignedIn | SignedOut):
        gate.sign_out(session.session_id)
        # Another id than before: one that somebody planted is worth nothing.
        session, there = sessions.begin(now), None
        if isinstance(response, SignedIn):
            gate.sign_in(session.session_id, response.account)
    return response if there else _begun(response, cookie_name, sessions.cookie(session))


def _begun(response: Response, cookie_name: str, told: str) -> Response:
    """An answer with which a browser's session begins."""
    secure = cookie_name.startswith("__Host-")
    response.set_cookie(cookie_name, told, httponly=True, samesite="strict", path="/", secure=secure)
    return response


def _not_let_in(
    route: Route,
    request: Request,
    sent: Form,
    person: Person,
    hold: Callable[..., Response],
    refuse: Callable[[int, str], Response],
) -> Response:
    if person.role is not Role.NOBODY:
        return refuse(403, "Your role does not include this.")
    if _holds(route, request):
        return hold(request, sent, token="", status=401, sentence=SIGNED_OUT)
    return refuse(401, "Sign in first. Nothing was done.")


def _holds(route: Route, request: Request) -> bool:
    """Whether what was sent is given back to be sent again: from a page of ours, and never a password."""
    return Role.NOBODY not in route.roles and _is_from_here(request)


async def _sent(request: Request, refuse: Callable[[int, str], Response]) -> Form | Response:
    """What a form sent; an answer that refuses it if it is none of ours."""
    if not _same_site(request):
        return refuse(403, "This was sent from another site, so nothing was done.")
    try:
        return await _form(request)
    except TooLong:
        return refuse(413, "This is longer than anything that can be kept. Nothing was done; go back to shorten it.")
    except TimeoutError:
        return refuse(408, "It took too long to arrive, so nothing was done. Go back and send it again.")
    except BadForm:
        return refuse(400, "This is not a form of this page.")


def _answered(route: Route, ask: Ask) -> Response:
    """What the page says; an error is one of our sentences, whose text quotes nobody."""
    try:
        return route.answer(ask)
    except NothingToReview as nothing:
        return not_here(ask, str(nothing), status=503)
    except ThemesError as error:
        return not_here(ask, str(error), status=409)
    except Exception as error:
        report(error)
        return not_here(ask, "Something went wrong here, and nothing was changed. Go back and try again.", status=500)


async def _refused(render: Callable[..., str], request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = {404: "There is no such page.", 405: "That cannot be done here."}.get(status, "Refused.")
    return refused(render, status, told)


async def _form(request: Request) -> Form:
    body = b""
    try:
        async with asyncio.timeout(SECONDS_FOR_A_FORM):
            async for part in request.stream():
                body += part
                if len(body) > MOST_BYTES:
                    raise TooLong
    except ClientDisconnect:
        raise BadForm from None
    return parse(body, request.headers.get("content-type", ""))


def _is_from_here(request: Request) -> bool:
    """Whether a form comes from a page of ours, and the browser says so: not merely nothing to the contrary."""
    told = request.headers.get("sec-fetch-site") == "same-origin" or request.headers.get("origin") is not None
    return told and _same_site(request)


def _same_site(request: Request) -> bool:
    """Whether a form comes from a page of ours, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or hmac.compare_digest(
        urlsplit(origin).netloc.lower().encode(), request.headers.get("host", "").lower().encode()
    )
