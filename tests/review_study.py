"""A small finished run for tests of the review page, written as a run writes it, and the page on it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_segment
from themes.records.codebook import Codebook
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document
from themes.records.correction import Correction, Standing
from themes.records.decision import CarriedDecision
from themes.records.replaced import ReplacementMap
from themes.records.segment import Segment
from themes.records.span import Span
from themes.records.theme import Membership, Theme
from themes.review.people import NOBODY, Person, Role
from themes.review.study import Newest
from themes.review.web.app import review_app
from themes.review.web.desk import Desk
from themes.review.web.sessions import Sessions
from themes.store.files import write_json
from themes.store.review_log import ReviewLog
from themes.store.run_folder import RunFolder, write_codebook

HOST = "127.0.0.1:8010"
SECRET = b"s" * 32
CODES = (
    a_code("food", name="Food", parent_id="A", definition="What people ate.", cues=("soup*",)),
    a_code("staff", name="Staff", parent_id="A"),
    a_code("waiting", name="Waiting times", parent_id="B"),
)


def codebook(*codes: Any, **fields: Any) -> Codebook:
    return a_codebook(*(codes or CODES), **{"version": "1", "groups": {"A": "Days", "B": "Time"}, **fields})


def sentences(document_id: str, *said: str, **fields: Any) -> tuple[Document, list[Segment]]:
    """A document of sentences with a space between them, and a segment each."""
    text, segments = " ".join(said), []
    document = a_document(document_id, text, **fields)
    at = 0
    for one in said:
        span = Span(at, at + len(one))
        segments.append(
            a_segment(
                f"{document_id}:{span.start}-{span.end}",
                one,
                span=span,
                case_id=document.case_id,
                prompt=document.prompt,
            )
        )
        at = span.end + 1
    return document, segments


def write_run(
    outputs: Path,
    documents: Sequence[tuple[Document, list[Segment]]],
    codings: Sequence[Coding] = (),
    *,
    run_id: str = "20260105-060000",
    book: Codebook | None = None,
    flags: Sequence[RiskFlag] = (),
    cases: Sequence[Case] = (),
    themes: Sequence[Theme] = (),
    memberships: Sequence[Membership] = (),
    carried: Sequence[CarriedDecision] = (),
    title: str = "An invented study",
    previous: str | None = None,
) -> Path:
    """A finished run."""
    run = RunFolder(outputs / run_id)
    run.write(Document, 0, [document for document, _ in documents])
    run.write(Segment, 0, [segment for _, segments in documents for segment in segments])
    run.write(Coding, 0, codings)
    run.write(RiskFlag, 0, flags)
    run.write(Case, 0, cases or [a_case(document.case_id) for document, _ in documents])
    run.write(Theme, 0, themes)
    run.write(Membership, 0, memberships)
    run.write(CarriedDecision, 0, carried)
    write_codebook(run, book or codebook())
    write_json(run.path / "notes.json", {"title": title, "notes": []})
    started = f"{run_id[:4]}-{run_id[4:6]}-{run_id[6:8]}T06:00:00+00:00"
    write_json(run.path / "manifest.json", {"run_id": run_id, "started_at": started, "previous": previous})
    return run.path


def usual_run(outputs: Path, **fields: Any) -> Path:
    """Two texts of three sentences each: the machine has suggestions for four of them, and holds one to be risky."""
    one = sentences("d1", "The soup was cold.", "Nobody came.", "We waited for hours.", prompt="How was it?")
    two = sentences("d2", "Anna was kind.", "I waited too.", "Then I left. 💔")
    codings = [
        a_coding("d1:0-18", "food", probability=0.9, calibrated=True, reason="cue: soup*"),
        a_coding("d1:0-18", "staff", probability=0.4, applies=False, unclear=True, calibrated=True),
        a_coding("d1:32-52", "waiting", probability=0.97, calibrated=True),
        a_coding("d2:0-14", "staff", probability=0.55, unclear=True, calibrated=True),
        a_coding("d2:15-28", "waiting", probability=0.96, calibrated=True),
    ]
    flags = [RiskFlag("d2:29-43", "d2", 0.9, "wanting to die")]
    return write_run(outputs, [one, two], codings, flags=flags, **fields)


class AskedMasks:
    """Keeps what was asked for instead of a vault."""

    def __init__(self) -> None:
        self.requests: list[tuple[Any, ...]] = []
        self.queue: list[Correction] = []
        self.gone: list[tuple[int, str]] = []

    def __call__(self, document: Document, span: Span, action: Any, *, label: str, reach: Any, by: str) -> int:
        self.requests.append((document.document_id, span.of(document.text), str(action), label, reach, by))
        way = ReplacementMap(document.replacements)
        self.queue.append(
            Correction(
                len(self.requests), document.document_id, way.before(span)[0], action, label, reach, reach, by,
                "2026-01-01T00:00:00+00:00", Standing.WAITING,
            )
        )  # fmt: skip
        return len(self.requests)

    def asked(self, document_id: str) -> list[Correction]:
        gone = {number for number, _ in self.gone}
        return [each for each in self.queue if each.document_id == document_id and each.number not in gone]

    def take_back(self, number: int, *, by: str) -> None:
        self.gone.append((number, by))


class Everybody:
    """A gate at which whoever asks is whom the test says."""

    accounts = None

    def __init__(self, page: "Page") -> None:
        self.page = page

    def person(self, session_id: str) -> Person:
        return self.page.person or NOBODY


class Page:
    """The review page as a browser without scripts sees it."""

    def __init__(
        self, outputs: Path, *, coder: str = "analyst", role: Role = Role.ADMIN, gate: Any = None, **options: Any
    ) -> None:
        self.log = ReviewLog(str(outputs / "review.db"), outputs.name)
        self.masks = AskedMasks()
        self.person: Person | None = Person(coder, role)
        self.desk = Desk(Newest(outputs), self.log, self.masks, draw_secret=lambda: b"d" * 32, **options)
        self.app = review_app(self.desk, Sessions(SECRET), hosts=[HOST, "localhost:8010"], gate=gate or Everybody(self))
        self.browser = self.another()

    def another(self) -> TestClient:
        """A browser with no cookies."""
        return TestClient(self.app, base_url=f"http://{HOST}", follow_redirects=False)

    def close(self) -> None:
        self.log.close()

    def get(self, address: str, **options: Any) -> Any:
        return self.browser.get(address, **options)

    def fields(self, address: str, action: str = "") -> dict[str, Any]:
        """What the hidden fields of a form on a page hold; a list where several have one name."""
        from selectolax.lexbor import LexborHTMLParser as HTMLParser

        page = HTMLParser(self.get(address).text)
        form = page.css_first(f'form[method="post"][action^="{action or address.partition("?")[0]}"]')
        held: dict[str, list[str]] = {}
        for field in form.css("input[type=hidden]"):
            held.setdefault(str(field.attributes["name"]), []).append(str(field.attributes["value"]))
        return {name: values[0] if len(values) == 1 else values for name, values in held.items() if name != "shown"}

    def decide(self, segment_id: str, *codes: str, do: str = "decide", **more: str) -> Any:
        """Open an excerpt and send its form."""
        address = f"/excerpt/{segment_id}"
        shown = [c.code_id for c in self.desk.look()[0].suggested(segment_id)]
        sent = {**self.fields(address), "shown": shown, "code": list(codes), "do": do, **more}
        return self.browser.post(address, data=sent)

    def undo(self) -> Any:
        """Take back what this person did last, as a page that was opened just now would."""
        last = self.desk.look()[1].last_act(self.person.coder_id)
        return self.browser.post("/undo", data={"token": self.token(), "act": last.act_id if last else ""})

    def token(self) -> str:
        """What forms of this browser's session carry."""
        return self.fields("/keys")["token"]

    def verdicts(self) -> list[tuple[str, str, str]]:
        """All decisions in the log: excerpt, code, verdict."""
        from themes.store.review_records import decisions_in

        return [(d.segment_id, d.code_id, d.verdict.value) for d in decisions_in(self.log)]
