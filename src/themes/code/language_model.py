"""A second opinion on de-identified excerpts from a language model, where a corpus asks for one. Nothing depends on it.

The only place of the program that speaks to an address given by a user. It gets `Segment`s, which are cut from
de-identified documents, and nothing that a `RawDocument` holds. Its suggestions are codings by a coder of their own
that count for nothing until a person agrees. Whatever goes wrong is counted and told, never raised, and no message
repeats a word of an excerpt or of an answer.
"""

import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themes.code.language_model_answer import accepted, question, speaks_to_a_machine
from themes.code.wording import own_words
from themes.engine import is_this_machine
from themes.errors import ProtectionError
from themes.records.codebook import Codebook
from themes.records.coding import LANGUAGE_MODEL, Coding
from themes.records.segment import Segment
from themes.records.spec import LanguageModelSpec

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 200_000
"""Of an answer; a longer one is none."""
GIVE_UP_AFTER = 3
"""So many excerpts in a row without an answer, and no more are asked about."""
_LONGEST_WAIT_SECONDS = 30.0
_TRY_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Advice:
    """What a language model suggested, and how many excerpts had which fate; the four add up to those given."""

    codings: tuple[Coding, ...] = ()
    answered: int = 0
    refused: int = 0
    """Answered in a way that was not taken: another form, an unknown code, words that nobody wrote."""
    unanswered: int = 0
    left_out: int = 0
    """Not asked about: withheld, or speaking to a machine."""


class _NoAnswer(Exception):
    """Nothing to be had about this excerpt."""


class _NoUse(Exception):
    """Nothing to be had at all: the address refuses us."""


def advise(
    segments: Sequence[Segment],
    codebook: Codebook,
    spec: LanguageModelSpec,
    *,
    withheld: Collection[str] = frozenset(),
    sleep: Callable[[float], None] = time.sleep,
) -> Advice:
    """Ask a language model about each excerpt, one at a time.

    Args:
        segments: Of de-identified documents; those without words of the writer's own are counted as answered.
        codebook: The codes it may suggest.
        spec: Where it is and how it is asked.
        withheld: Ids of segments that are read by people alone.
        sleep: Waits so many seconds between attempts.

    Returns:
        Codings that apply, unclear, each with the place of the words in the excerpt that are to show it.

    Raises:
        ProtectionError: If the address is not on this machine and corpus.toml does not allow that.
    """
    import httpx

    refuse_elsewhere(spec)
    key = os.environ.get(spec.key_variable, "").strip() if spec.key_variable else ""
    codings: list[Coding] = []
    answered = refused = left_out = in_a_row = unanswered = 0
    # No proxy of the environment and no redirection: the excerpts go to this address or nowhere.
    with httpx.Client(
        timeout=spec.timeout_seconds,
        trust_env=False,
        follow_redirects=False,
        # As bytes: a key with a sign that is not ASCII is the server's to refuse, not ours to fail at.
        headers={b"Authorization": f"Bearer {key}".encode()} if key else {},
    ) as client:
        for segment in segments:
            if segment.segment_id in withheld or speaks_to_a_machine(segment):
                left_out += 1
            elif not own_words(segment).strip():
                answered += 1
            elif in_a_row >= GIVE_UP_AFTER:
                unanswered += 1
            else:
                try:
                    content = _asked(client, segment, codebook, spec, sleep)
                except _NoAnswer:
                    unanswered, in_a_row = unanswered + 1, in_a_row + 1
                    continue
                except _NoUse:
                    unanswered, in_a_row = unanswered + 1, GIVE_UP_AFTER
                    continue
                in_a_row = 0
                suggested = accepted(content, segment, codebook)
                if suggested is None:
                    refused += 1
                    continue
                answered += 1
                codings += [
                    Coding(
                        segment_id=segment.segment_id,
                        code_id=one.code_id,
                        coder_id=f"{LANGUAGE_MODEL}{spec.model}",
                        applies=True,
                        unclear=True,
                        codebook_version=codebook.version,
                        reason=f"words shown: characters {one.span.start} to {one.span.end} of the excerpt",
                    )
                    for one in suggested
                ]
    return Advice(tuple(codings), answered, refused, unanswered, left_out)


def refuse_elsewhere(spec: LanguageModelSpec) -> None:
    """
    Raises:
        ProtectionError: If the address is not on this machine and corpus.toml does not allow that.
    """
    if not spec.elsewhere and not is_this_machine(urlsplit(spec.address).hostname or ""):
        raise ProtectionError(
            "The address of [language_model] is not on this machine, and corpus.toml does not allow that "
            "(`elsewhere = true`). Nothing was sent."
        )


def _asked(
    client: "httpx.Client",
    segment: Segment,
    codebook: Codebook,
    spec: LanguageModelSpec,
    sleep: Callable[[float], None],
) -> bytes:
    """The body of an answer, asked for several times if need be, with twice the wait each time."""
    import httpx

    body, wait = question(segment, codebook, model=spec.model), 1.0
    for attempt in range(1, spec.attempts + 1):
        try:
            status, content, told = _once(client, f"{spec.address}/chat/completions", body, spec.timeout_seconds)
        except httpx.HTTPError:
            status, content, told = 0, b"", ""
        if status == 200:
            return content
        if status not in {0, *_TRY_AGAIN}:
            raise _NoUse from None
        if attempt < spec.attempts:
            asked = float(told) if told.isdecimal() else 0.0
            sleep(min(max(wait, asked), _LONGEST_WAIT_SECONDS))
            wait *= 2
    raise _NoAnswer


def _once(client: "httpx.Client", address: str, body: dict[str, object], seconds: float) -> tuple[int, bytes, str]:
    """Status, body and `Retry-After` of one request, whole within so many seconds, however slowly it drips."""
    import httpx

    deadline, content = time.monotonic() + seconds, b""
    with client.stream("POST", address, json=body) as reply:
        for some in reply.iter_bytes():
            content += some
            if time.monotonic() > deadline or len(content) > MOST_BYTES:
                raise httpx.ReadTimeout("too slow, or too long")
        return reply.status_code, content, reply.headers.get("Retry-After", "")
