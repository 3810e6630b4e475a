"""The machine's flag for risk to life: a person must read the text, and no report may show it raw.

Not a crisis tool. Words about self-harm, overdose, suicide or wanting to die raise it in whatever code they stand;
a safety code only lowers the threshold. Rather ten flags too many than one too few: a look-alike costs a reader a
minute. What is denied of the past ("I never self-harmed") raises none; what is denied of the present with a "but"
("I'm not suicidal, but …") does.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path

from themes.code.risk_learned import learned_risk
from themes.errors import ProtectionError
from themes.records.codebook import Codebook
from themes.records.coding import READS_LIKE, Coding, RiskFlag
from themes.records.segment import Segment

WORDINGS_FILE = Path(__file__).with_name("risk_wordings.toml")
PLAIN = 0.5
"""From this weight on, wordings say so in plain words, and the flag names their kinds."""
THRESHOLD = 0.31
THRESHOLD_IN_SAFETY_CODE = 0.18
"""The cuts that training chose out of fold (risk_weights.json)."""
LONGEST, MOST_PIECES = 100_000, 2_000
"""Of a text that was set aside: as long as one may be that is taken in, and what is looked at of it."""
NOT_READ = "too long to be looked at to its end"
"""Said of a text that is longer: somebody must read it."""
_END = re.compile(r"(?<=[.!?])\s+|\n+")

# Between a denial and what it denies stand only such words; "nobody knew that I was …" denies the knowing.
_DENIED = re.compile(
    r"\b(?P<denial>never|not|no|nor|neither|havent|hasnt|hadnt|didnt|dont|doesnt|without|wasnt|isnt|arent"
    r"|im not|wouldnt|couldnt"
    r"|wont|cant|cannot|denied|deny|hardly|far from|free of|rather than|never involve\w*)"
    r"(?: (?:have|has|had|been|be|ever|actually|actively|even|once|really|a|an|the|any|history|of|thoughts?"
    r"|about|feel|feeling|felt"
    r"|considered|considering|thinking|tried|try|trying|attempted|to|want|wanted|wanting|going|would|will|did"
    r"|do|is|am|was|are"
    r"|were|at|all|having|made|making|or|and|nor|being|planning|currently|particularly|become|get|got"
    r"|contemplated|risk|sign|signs"
    r"|suicidal|self harm\w*|overdos\w+|taken|took|in|my|life|that|way|i|by|exactly|anywhere|near|involve"
    r"|involves|include|includes|include any|mean|means|do|currently))*$"
)
_NEVER_THOUGHT = re.compile(
    r"\b(?:never|not|didnt|dont) (?:once )?th(?:ought|ink) (?:that )?(?:i|id|it|he|she|hed|shed|we)\b"
)
_WHY_NOT = re.compile(
    r"\b(?:why|how come|surprised|amazed|wonder(?:ed|s)?|asked)\b(?: \w+){0,3} (?:never|not|havent|hasnt|hadnt"
    r"|didnt|dont)\b"
)
_ONLY_UNTIL = re.compile(
    r"^(?:\W|\w+ ){0,4}(?:until|till|before (?:this|that|the|i|they|my|all)|in my life before|so \w+ (?:as"
    r"|until))\b|^ for attention"
)
_SINCE = re.compile(
    r"^ (?:\w+ )?(?:for (?:\w+ ){0,2}(?:days?|weeks?|months?|years?)|in (?:\w+ ){0,2}(?:days|weeks|months"
    r"|years)|since|now\b|any ?more|today)"
)
_CONTRAST = re.compile(r"\b(?:but|although|though|however|yet|only|just|except|still)\b")
_PRESENT_DENIALS = {
    "not",
    "im not",
    "isnt",
    "no",
    "dont",
    "wont",
    "wouldnt",
    "cant",
    "hardly",
    "far from",
    "doesnt",
    "arent",
}
_STUDIED = re.compile(
    r"\b(?:films?|documentary|book|novel|play|song|storyline|soap|episode|series|essay|dissertation|module"
    r"|course|training|trained"
    r"|workshop|lecture|talk|webinar|leaflets?|posters?|polic(?:y|ies)|research|thesis|qualification"
    r"|certificate|unit|quiz|lesson"
    r"|podcast|slides?|assembly|poem|exhibition|lyrics|article|questions?|questionnaire|form|box|tick|boxes"
    r"|asks|mentions"
    r"|guidance|presentation|learning|learn|volunteer\w*|work|job|jobs)"
    r"(?: (?!my|his|her|i|me|our|their)\w+){0,3}? (?:about|on|in|for|around|regarding|called|against|of|if"
    r"|whether|with)"
    r"(?: (?!my|his|her|i|me|our|their)\w+){0,2} ?$"
)
_WORK_ITSELF = re.compile(
    r"\b(?:killing|working|kill|killed) (?:my ?self|ourselves|himself|herself"
    r"|themselves) (?:to (?!(?:death with|escape|stop))|with (?!(?:tablets|pills|a|my|his|her)\b)"
    r"|trying|over (?:this|that|the|a)|for (?:a|the|this|that|them|minimum|\w+ pounds|peanuts|nothing)|at work"
    r"|doing|on (?:the|a) (?:job|shift))"
)
_MEANT = re.compile(
    r"\b(?:want\w*|thought\w*|think\w*|going|tr(?:y|ied|ying)|felt like|feel like|plan\w*|threaten\w*|nearly"
    r"|almost|about) (?:\w+ ){0,2}$"
)
_OD = re.compile(
    r"\bO\.?D(?:['’]?e?d|['’]?ing|s)?\b(?!\s*(?:team|department|manager|consult|function))|\bod['’](?:e?d"
    r"|ing)\b|\b(?:an|of an|to) od\b",
    re.M,
)

# "[person K7QX2]" reads "person": the letters of a tag are drawn by chance, and no flag may hang on them.
_TAG = re.compile(r"\[([^\[\]\n]{1,60}?)(?: [A-Z0-9]{3,})?\]")


def flag_risk(segments: Sequence[Segment], codings: Sequence[Coding], codebook: Codebook) -> list[RiskFlag]:
    """The segments that a person must read first, in the order given, each with a score from 0 to 1 and its kinds.

    Args:
        segments: Any number; the words that follow in `after` are looked at for a "but".
        codings: Those of the segments; may be empty. Only whether a safety code applies matters.
        codebook: Says which codes are safety codes.

    Raises:
        ProtectionError: If the wordings or the weights that come with the program cannot be used.
    """
    safety = {code.code_id for code in codebook.codes if code.safety}
    sensitive = {coding.segment_id for coding in codings if coding.applies and coding.code_id in safety}
    texts = [_TAG.sub(r"\1", segment.text) for segment in segments]
    worded = [risk(text, after=segment.after) for text, segment in zip(texts, segments, strict=True)]
    scores = learned_risk(texts, [score for score, _ in worded])
    flags = []
    for segment, (told, kinds), score in zip(segments, worded, scores, strict=True):
        needed = THRESHOLD_IN_SAFETY_CODE if segment.segment_id in sensitive else THRESHOLD
        if score >= needed:
            reason = ", ".join(_said(told, kinds))
            flags.append(RiskFlag(segment.segment_id, segment.document_id, round(float(score), 2), reason))
    return flags


def risk_told(text: str) -> str:
    """The kinds of wording by which a whole text may tell of a risk to life; empty if by none. `NOT_READ` among them if
    it goes on behind what was looked at.

    For texts that are set aside: they are looked at a sentence at a time as they were written, and become no excerpts.

    Raises:
        ProtectionError: As `flag_risk`.
    """
    every = [piece for piece in _END.split(text[:LONGEST]) if piece.strip()]
    pieces, rest = every[:MOST_PIECES], (NOT_READ,) if len(text) > LONGEST or len(every) > MOST_PIECES else ()
    if not pieces:
        return ", ".join(rest)
    worded = [risk(piece, after=after) for piece, after in zip(pieces, [*pieces[1:], ""], strict=True)]
    scores = learned_risk(pieces, [score for score, _ in worded])
    flagged = [_said(*said) for said, score in zip(worded, scores, strict=True) if score >= THRESHOLD]
    return ", ".join(dict.fromkeys(kind for kinds in (*flagged, rest) for kind in kinds))


def _said(told: float, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return kinds if told >= PLAIN else (READS_LIKE,)


def risk(text: str, *, after: str = "") -> tuple[float, tuple[str, ...]]:
    """How strongly a text's wording speaks of risk to life, 0 to 1, and the kinds of wording, the strongest first.

    Kinds that meet are joined as if independent: 1 - the product of what each leaves open. Hints, words such as
    "rope" or "no point" that say little alone, are joined among themselves; the stronger of the two counts.

    >>> risk("I took an overdose after the letter came.")
    (1.0, ('overdose',))
    >>> risk("An overdose of paperwork.")
    (0, ())
    """
    plain, following = _plain(text), _plain(after)
    weights: dict[tuple[bool, str], float] = {}
    for wording in _wordings().wordings:
        for match in wording.says.finditer(plain):
            if wording.unless is None or not wording.unless.match(plain, match.end()):
                key = (wording.hint, wording.kind)
                weights[key] = max(weights.get(key, 0), _in_context(wording, plain, match, following))
    told, hinted = (
        1 - prod(1 - weight for (hint, _), weight in weights.items() if hint is is_hint) for is_hint in (False, True)
    )
    counted = {kind: weight for (hint, kind), weight in weights.items() if hint is (hinted > told) and weight >= 0.2}
    return max(told, hinted), tuple(sorted(counted, key=lambda kind: -counted[kind]))


@dataclass(frozen=True, slots=True)
class _Wording:
    kind: str
    weight: float
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    hint: bool


@dataclass(frozen=True, slots=True)
class _Wordings:
    figurative: re.Pattern[str]
    wordings: tuple[_Wording, ...]


@cache
def _wordings() -> _Wordings:
    """The wordings that come with the program. Without them nothing may pass."""
    try:
        content = tomllib.loads(WORDINGS_FILE.read_text(encoding="utf-8"))
        words: dict[str, str] = {}
        for name, meaning in content["words"].items():
            words[name] = _filled_in(meaning, words)
        wordings = tuple(
            _Wording(
                kind=entry["kind"],
                weight=float(entry["weight"]),
                says=re.compile(rf"\b(?:{_any_of(entry['says'], words)})(?!\w)"),
                unless=re.compile(rf"(?:{_any_of(entry['unless'], words)})(?!\w)") if "unless" in entry else None,
                hint=entry.get("hint", False),
            )
            for entry in content["wording"]
        )
        return _Wordings(re.compile(rf"\b(?:{_any_of(content['figurative']['says'], words)})\b"), wordings)
    except (OSError, ValueError, KeyError, re.error) as trouble:
        raise ProtectionError(
            f"The wordings of risk to life, {WORDINGS_FILE.name}, cannot be used ({type(trouble).__name__}). "
            "Run `make setup` again; nothing was flagged."
        ) from None


def _any_of(patterns: Sequence[str], words: dict[str, str]) -> str:
    return "|".join(_filled_in(pattern, words) for pattern in patterns)


def _filled_in(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<([A-Z_]+)>", lambda name: words[name[1]], pattern)


def _plain(text: str) -> str:
    """Small letters, no apostrophes or hyphens, " | " for stops and commas, look-alikes taken out."""
    marked = _OD.sub(" overdose ", text)
    folded = unicodedata.normalize("NFKC", marked).casefold()
    joined = re.sub(r"['’ʼ`´]", "", folded)
    stopped = re.sub(r"[.,;:!?…()\n\"“”]+|\s[-–—]+\s", " | ", joined)
    stopped = re.sub(r"\b2 (?=(?:live|die|be|kill|end|go|wake|cut|harm|hurt|do)\b)", "to ", stopped)
    spaced = " ".join(re.sub(r"[^\w|]+", " ", stopped).split())
    return _wordings().figurative.sub("something", spaced)


def _in_context(wording: _Wording, plain: str, match: re.Match[str], after: str) -> float:
    """The wording's weight, less where it is denied, studied or a figure of speech."""
    before, following = plain[: match.start()].rstrip(), plain[match.end() :]
    clause = before[-200:].rsplit("|", maxsplit=1)[-1].strip()
    if (
        wording.kind == "killing oneself"
        and _WORK_ITSELF.match(plain, match.start())
        and not _MEANT.search(clause + " ")
    ):
        return 0
    if _STUDIED.search(clause):
        return 0.3 * wording.weight
    denied = _DENIED.search(clause)
    if (
        not denied
        or _NEVER_THOUGHT.search(clause)
        or _WHY_NOT.search(clause)
        or re.search(r"\b(?:so|more|this|such)$", clause)
    ):
        return wording.weight
    if _ONLY_UNTIL.match(following) or _SINCE.match(following):
        return wording.weight
    contrast = _CONTRAST.search(following) or re.match(r"(?:but|just|though|still|yet|however)\b", after)
    if denied["denial"] in _PRESENT_DENIALS and contrast:
        return wording.weight
    return 0.1 * wording.weight
