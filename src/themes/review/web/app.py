"""The web app: addresses out of the table, a person to each request, a token in each form. Denies by default."""

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
from themes.review.people import Role
from themes.review.study import NothingToReview
from themes.review.web import static_files
from themes.review.web.desk import Ask, Desk, go_to, not_here
from themes.review.web.forms import MOST_BYTES, BadForm, Form, of_pairs, parse
from themes.review.web.gate import AccountGate, Gate, OpenGate, SignedIn, SignedOut
from themes.review.web.guard import Guard, plain, report
from themes.review.web.render import renderer
from themes.review.web.routes import ROUTES, Route
from themes.review.web.sessions import Sessions

KEYS_COOKIE = "themes-keys"


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
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused})
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
    if person.role not in route.roles:
        if person.role is not Role.NOBODY:
            return plain(403, "Your role does not include this.")
        return go_to("/sign-in") if route.method == "GET" else plain(401, "Sign in first. Nothing was done.")
    form = of_pairs([])
    if route.method != "GET":
        if not _same_site(request):
            return plain(403, "This was sent from another site, so nothing was done.")
        try:
            form = await _form(request)
        except BadForm:
            return plain(400, "This is not a form of this page.")
        if there is None or not sessions.is_token(there, form.one("token")):
            return plain(403, "Your session has ended, so nothing was done. Go back, reload the page and try again.")
    try:
        query = of_pairs(parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return plain(400, "This address is not one of this page.")
    ask = Ask(
        desk=desk,
        person=person,
        gate=gate,
        path=dict(request.path_params),
        query={key: values[-1] for key, values in query.values.items()},
        form=form,
        token=sessions.token(session),
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
    if there is None:
        told = sessions.cookie(session)
        response.set_cookie(cookie_name, told, httponly=True, samesite="strict", path="/", secure=secure)
    return response


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


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return plain(status, {404: "There is no such page.", 405: "That cannot be done here."}.get(status, "Refused."))


async def _form(request: Request) -> Form:
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise BadForm
    except ClientDisconnect:
        raise BadForm from None
    return parse(body, request.headers.get("content-type", ""))


def _same_site(request: Request) -> bool:
    """Whether a form comes from a page of ours, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or hmac.compare_digest(
        urlsplit(origin).netloc.lower().encode(), request.headers.get("host", "").lower().encode()
    )
