"""Every address of the page, who may ask for it, and whose things it touches. What is not here is refused.

A test goes through all of it: each address for each role, signed in and not, with and without a form's token.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from starlette.responses import Response

from themes.review.people import CODERS, Role
from themes.review.web import (
    agreement_page,
    assign_page,
    bulk,
    codebook_page,
    entrance,
    excerpt,
    extras,
    masks,
    memos_page,
    overview,
    sample_page,
    search_page,
    settle_page,
    tables_page,
    themes_page,
    why,
)
from themes.review.web.desk import Ask

EVERYBODY = frozenset(Role) - {Role.NOBODY}
"""Everybody with an account."""
ANYBODY = frozenset(Role)
"""Who has not signed in as well."""
LEADERS = frozenset({Role.ADMIN, Role.RESEARCHER})


class Owner(StrEnum):
    """Whose things an address touches."""

    CORPUS = "corpus"
    """What all people of a corpus share."""
    SELF = "self"
    """Only what whoever asks has said or chosen; others' things cannot be named."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address."""

    method: str
    path: str
    roles: frozenset[Role]
    owner: Owner
    answer: Callable[[Ask], Response]


SEGMENT = "{segment_id}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/", EVERYBODY, Owner.CORPUS, overview.overview),
    Route("GET", "/queue", EVERYBODY, Owner.CORPUS, overview.queue),
    Route("GET", "/next", EVERYBODY, Owner.SELF, overview.next_excerpt),
    Route("GET", f"/excerpt/{SEGMENT}", EVERYBODY, Owner.CORPUS, excerpt.excerpt),
    Route("POST", f"/excerpt/{SEGMENT}", CODERS, Owner.SELF, excerpt.decide),
    Route("GET", f"/why/{SEGMENT}/{{code_id}}", EVERYBODY, Owner.CORPUS, why.why),
    Route("POST", "/undo", CODERS, Owner.SELF, excerpt.undo),
    Route("POST", "/redo", CODERS, Owner.SELF, excerpt.redo),
    Route("POST", f"/memo/{SEGMENT}", CODERS, Owner.SELF, extras.memo),
    Route("POST", f"/concern/{SEGMENT}", CODERS, Owner.CORPUS, extras.concern),
    Route("GET", f"/mask/{SEGMENT}", CODERS, Owner.CORPUS, masks.mask),
    Route("POST", f"/mask/{SEGMENT}", CODERS, Owner.CORPUS, masks.ask_for),
    Route("POST", f"/mask/{SEGMENT}/take-back", CODERS, Owner.CORPUS, masks.take_back),
    Route("GET", "/bulk", CODERS, Owner.CORPUS, bulk.preview),
    Route("POST", "/bulk", CODERS, Owner.SELF, bulk.accept),
    Route("GET", "/search", EVERYBODY, Owner.CORPUS, search_page.search),
    # By POST, since what is looked for may be somebody's words: they are in no address.
    Route("POST", "/search", EVERYBODY, Owner.CORPUS, search_page.found),
    Route("POST", "/keep-search", CODERS, Owner.CORPUS, search_page.keep_search),
    Route("GET", "/search/{number}", EVERYBODY, Owner.CORPUS, search_page.kept_search),
    Route("POST", "/search/{number}/name", CODERS, Owner.CORPUS, search_page.name_search),
    Route("POST", "/search/{number}/delete", CODERS, Owner.CORPUS, search_page.delete_search),
    Route("GET", "/memos", EVERYBODY, Owner.CORPUS, memos_page.memos),
    Route("GET", "/tables", EVERYBODY, Owner.CORPUS, tables_page.tables),
    Route("GET", "/grid", EVERYBODY, Owner.CORPUS, tables_page.grid),
    Route("GET", "/themes", EVERYBODY, Owner.CORPUS, themes_page.themes),
    Route("GET", "/themes/{theme_id}", EVERYBODY, Owner.CORPUS, themes_page.theme),
    Route("POST", "/themes/{theme_id}", CODERS, Owner.CORPUS, themes_page.decide),
    Route("POST", "/themes/{theme_id}/memo", CODERS, Owner.SELF, extras.memo_on_theme),
    Route("GET", "/codebook", EVERYBODY, Owner.CORPUS, codebook_page.codebook),
    Route("GET", "/code/{code_id}", EVERYBODY, Owner.CORPUS, codebook_page.code),
    Route("POST", "/code/{code_id}/memo", CODERS, Owner.SELF, extras.memo_on_code),
    Route("GET", "/new-code", LEADERS, Owner.CORPUS, codebook_page.new_code),
    Route("POST", "/codebook/preview", LEADERS, Owner.CORPUS, codebook_page.preview),
    Route("POST", "/codebook", LEADERS, Owner.CORPUS, codebook_page.change),
    # Not for those who code: they would see what others said.
    Route("GET", "/agreement", LEADERS, Owner.CORPUS, agreement_page.agreement),
    Route("GET", f"/settle/{SEGMENT}", LEADERS, Owner.CORPUS, settle_page.settle),
    Route("POST", f"/settle/{SEGMENT}", LEADERS, Owner.CORPUS, settle_page.decide),
    Route("GET", "/assign", LEADERS, Owner.CORPUS, assign_page.assign),
    Route("POST", "/assign", LEADERS, Owner.CORPUS, assign_page.give),
    Route("GET", "/sample", EVERYBODY, Owner.CORPUS, sample_page.sample),
    Route("POST", "/sample", LEADERS, Owner.CORPUS, sample_page.draw),
    Route("GET", "/keys", EVERYBODY, Owner.SELF, extras.keys),
    Route("POST", "/keys", EVERYBODY, Owner.SELF, extras.choose_keys),
    Route("GET", "/help", EVERYBODY, Owner.CORPUS, extras.help_page),
    Route("GET", "/sign-in", ANYBODY, Owner.SELF, entrance.form),
    Route("POST", "/sign-in", ANYBODY, Owner.SELF, entrance.sign_in),
    Route("POST", "/join", ANYBODY, Owner.SELF, entrance.join),
    Route("POST", "/sign-out", ANYBODY, Owner.SELF, entrance.sign_out),
)


def allowed(role: Role) -> list[Route]:
    """What a role may ask for."""
    return [route for route in ROUTES if role in route.roles]
