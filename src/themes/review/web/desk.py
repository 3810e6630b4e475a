"""What all pages share: the newest run, what people hold of it, the log, the masks, the words of one request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock, RLock
from typing import Any, Protocol
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse, Response

from themes.records.corpus import Document
from themes.records.correction import Correction, CorrectionAction, Reach
from themes.records.estimate import Prevalence
from themes.records.span import Span
from themes.review.deciding import new_act_id
from themes.review.held import Held
from themes.review.nearest import Nearest
from themes.review.people import Person
from themes.review.queue import ALL, Queue
from themes.review.search import Search
from themes.review.study import Newest, NothingToReview, Study
from themes.review.web.forms import Form
from themes.review.web.gate import Gate
from themes.review.web.refusing import title_of, typed
from themes.store.review_log import ReviewLog

ASKED_FOR = (
    "themes.theme.decisions",
    "themes.theme.merge",
    "themes.theme.registry_file",
    "themes.estimate.agreement",
    "themes.estimate.reliability",
    "themes.estimate.precision",
    "scipy.stats",
)
"""What pages import when they are first asked for: some seconds on a machine that has not read it yet."""


class Masks(Protocol):
    """The queue of corrections of a corpus. The vault behind it is opened by whoever starts the page."""

    def __call__(
        self, document: Document, span: Span, action: CorrectionAction, *, label: str, reach: Reach | None, by: str
    ) -> int:
        """Put a correction into the queue; returns its number.

        Raises:
            WrongUse: If there is nothing to correct there.
        """
        ...

    def asked(self, document_id: str) -> list[Correction]:
        """What was asked for in a document and not taken back or refused, the oldest first."""
        ...

    def take_back(self, number: int, *, by: str) -> None:
        """Undo a correction, from the next run on.

        Raises:
            WrongUse: If there is none of that number that could be taken back.
        """
        ...


class Desk:
    """One corpus on the page. May be used from several threads."""

    def __init__(
        self,
        newest: Newest,
        log: ReviewLog,
        masks: Masks,
        *,
        draw_secret: Callable[[], bytes],
        blind: bool = False,
        codebook: Path | None = None,
        coders: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """Nothing is read yet.

        Args:
            newest: The newest run of the corpus.
            log: Its review log.
            masks: Takes corrections of masks.
            draw_secret: Gives the secret by which cases are drawn, as `review.sample.draw_batch` takes it.
            blind: Hide what the machine and other coders say, of all excerpts.
            codebook: The file of the codebook that corpus.toml names; None: it cannot be changed on the page.
            coders: Gives the pseudonyms of all who may code; nobody where there are no accounts.
        """
        self.log = log
        self.corpus_outputs = newest.corpus_outputs
        self.masks = masks
        self.draw_secret = draw_secret
        self.blind = blind
        self.codebook = codebook
        self.coders = coders
        self._newest = newest
        self._lock = RLock()
        # Of what takes seconds to make: whoever wants only the next excerpt does not wait for it.
        self._making = Lock()
        self._at_hand: tuple[Held, Queue] | None = None
        self._search: Search | None = None
        self._nearest: tuple[Study, Nearest] | None = None
        self._counted: tuple[Held, int, tuple[Prevalence, ...]] | None = None

    def look(self) -> tuple[Study, Held, Queue]:
        """The run, what people hold of it by now, and the queue.

        Raises:
            NothingToReview: If nothing was run yet, or somebody is being forgotten.
            StoreError: If something cannot be read.
        """
        with self._lock:
            try:
                study = self._newest.study()
            except NothingToReview:
                self._at_hand = self._counted = None
                self._drop_what_was_made()
                raise
            if self._at_hand is None or self._at_hand[0].study is not study:
                if self._at_hand is not None:
                    # Made of the run before, which may hold somebody who has been forgotten since.
                    self._drop_what_was_made()
                self._at_hand = Held(self.log, study), Queue(study)
            held, queue = self._at_hand
        held.several_code(len(self.coders()) > 1)
        held.catch_up()
        return study, held, queue

    def hides(self, held: Held, segment_id: str) -> bool:
        """Whether what the machine and other people say of an excerpt or a stretch is not to be seen."""
        return self.blind or held.is_hidden(segment_id)

    def search(self) -> Search:
        """The index of the newest run, made when it is first asked for."""
        while True:
            study, _, _ = self.look()
            with self._making:
                with self._lock:
                    if self._search is not None and self._search.study is study:
                        return self._search
                made = Search(study)
                with self._lock:
                    if self._at_hand is not None and self._at_hand[0].study is study:
                        self._drop_search()
                        self._search = made
                        return made
                made.close()  # another run came meanwhile, or somebody is being forgotten

    def counted(self, held: Held, count: Callable[[], tuple[Prevalence, ...]]) -> tuple[Prevalence, ...]:
        """What was counted of a run with what people hold of it, once for as long as neither changes."""
        with self._lock:
            if self._counted is None or self._counted[0] is not held or self._counted[1] != held.read:
                self._counted = held, held.read, count()
            return self._counted[2]

    def nearest(self) -> Nearest:
        """What lies near to what in the newest run; its vectors are read when they are first asked for."""
        study, _, _ = self.look()
        with self._lock:
            if self._nearest is None or self._nearest[0] is not study:
                self._nearest = study, Nearest(self.corpus_outputs / study.run_id)
            return self._nearest[1]

    def make_ready(self) -> None:
        """Read, make and import beforehand what pages would make whoever asks first wait for.

        Raises:
            ThemesError: If there is nothing to review, or something cannot be read: the page will say so as well.
        """
        study, _, queue = self.look()
        queue.order(ALL)
        if (first := next(iter(study.segments.values()), None)) and study.codebook.codes:
            from themes.code.explain import explain

            explain(first, study.codebook.codes[0], study.codebook)
        self.nearest().read()
        self.search()
        for module in ASKED_FOR:
            import_module(module)

    def _drop_what_was_made(self) -> None:
        self._nearest = None
        self._drop_search()

    def _drop_search(self) -> None:
        if self._search is not None:
            self._search.close()
        self._search = None


@dataclass(frozen=True)
class Ask:
    """One request, of somebody who may make it."""

    desk: Desk
    person: Person
    gate: Gate
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Form
    token: str
    """What forms of this session carry."""
    keys: str
    """The cookie in which somebody's choice of keys is."""
    render: Callable[[str, Mapping[str, Any]], str]
    secure: bool = False
    """Whether the browser speaks TLS: then cookies are for TLS alone."""

    def new_id(self) -> str:
        """For a form: whatever it is sent with counts once."""
        return new_act_id()

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page for this person."""
        return HTMLResponse(self.render(template, {"ask": self, **values}), status_code=status)


BACK = {"segment_id": "/excerpt/", "code_id": "/code/", "theme_id": "/themes/", "number": "/search/"}
"""Where what an address names is opened again."""


def go_to(address: str) -> Response:
    """Send the browser on after a form, to a page of ours.

    Args:
        address: Made of our own words and checked ids, never of what was sent.
    """
    assert address.startswith("/") and not address.startswith("//")
    return RedirectResponse(address, status_code=303)


def not_here(ask: Ask, sentence: str = "There is no such page.", *, status: int = 404, back: str = "") -> Response:
    """A page that says in one sentence of ours why nothing else is shown.

    Args:
        ask: What was asked for.
        sentence: Why not.
        status: Of the answer.
        back: Where to open it again; default: what the address names.
    """
    for named, start in BACK.items():
        if named in ask.path and status != 404:
            back = back or f"{start}{quote(ask.path[named], safe=':')}"
    title = title_of(status)
    return ask.page("message.html", status=status, title=title, sentence=sentence, back=back, typed=typed(ask.form))
