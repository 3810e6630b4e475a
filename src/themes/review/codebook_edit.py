"""A codebook changed: a code defined, reworded, retired, merged, moved. From the content of a file to that of the next.

What is worked on is the table as it stands in the file, so that keys which the page does not know stay as they are. The
content given is left as it was.
"""

import re
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from themes.code.meaning import hash_of_meaning
from themes.errors import WrongUse
from themes.records.codebook import Codebook

type Content = dict[str, Any]

TEXTS = ("name", "definition", "clarification")
LISTS = ("include", "exclude", "cues")
CODE_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
LONGEST = 5_000
"""Code points of all that a form says in one field."""
POLARITIES = ("bipolar", "negative_only")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page may say of a code. Examples, close codes and questions stay as they are in the file."""

    name: str
    definition: str = ""
    clarification: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    group: str = ""
    """The id of a group; empty for none."""
    polarity: str = "bipolar"


def defined(content: Content, codebook: Codebook, code_id: str, wording: Wording) -> Content:
    """The content with one more code.

    Raises:
        WrongUse: If the id is not one, or is or was another code's, or the wording lacks a name.
    """
    if not CODE_ID.fullmatch(code_id):
        raise WrongUse("An id has up to 60 small letters, digits and _, and begins with a letter, such as long_waits.")
    if codebook.ever(code_id) is not None:
        raise WrongUse("There is, or was, a code of that id. Choose another: a later code may not take it.")
    new = deepcopy(content)
    _codes(new).append({"id": code_id, **_told(wording, codebook)})
    return new


def reworded(content: Content, codebook: Codebook, code_id: str, wording: Wording, *, same_meaning: bool) -> Content:
    """The content with a code worded otherwise.

    Args:
        content: What the file holds.
        codebook: The same, as read.
        code_id: The code.
        wording: What it says from now on.
        same_meaning: Whether it means what it meant, so that decisions by the earlier wording hold.
    """
    new = deepcopy(content)
    table = _table_of(new, codebook, code_id)
    for key in (*TEXTS, *LISTS, "group", "parent", "polarity"):
        table.pop(key, None)
    table.setdefault("id", code_id)
    table.update(_told(wording, codebook))
    if same_meaning:
        meant = new.setdefault("same_meaning", {})
        meant[code_id] = [*meant.get(code_id, ()), hash_of_meaning(codebook[code_id])]
    else:
        new.get("same_meaning", {}).pop(code_id, None)
    return new


def retired(content: Content, codebook: Codebook, code_ids: Collection[str], *, into: str = "") -> Content:
    """The content without some codes, which are kept beside the others as retired.

    Args:
        content: What the file holds.
        codebook: The same, as read.
        code_ids: The codes that go.
        into: The code that counts in their place, where they are merged into one.

    Raises:
        WrongUse: If there is no such code, a code would be merged into itself, or none would be left.
    """
    going = list(dict.fromkeys(code_ids))
    if not going:
        raise WrongUse("Choose the codes first.")
    if into and (into not in codebook or into in going):
        raise WrongUse("Choose a code into which they are merged; it cannot be one of them.")
    if len(going) >= len(codebook.codes):
        raise WrongUse("A codebook needs at least one code.")
    new, version = deepcopy(content), next_version(codebook.version)
    for code_id in going:
        table = _table_of(new, codebook, code_id)
        _codes(new).remove(table)
        table.update({"id": code_id, "retired_in": version, **({"merged_into": into} if into else {})})
        # What the others say of it would name a code that there is not.
        table.pop("close_codes", None)
        new.setdefault("retired", []).append(table)
    for table in _codes(new):
        for close in set(table.get("close_codes", {})) & set(going):
            del table["close_codes"][close]
    _without_claims_on(new, set(going))
    return new


def moved(content: Content, codebook: Codebook, code_ids: Collection[str], group: str) -> Content:
    """The content with some codes in another group; what they mean stays.

    Raises:
        WrongUse: If there is no such code or group.
    """
    if group and group not in codebook.groups:
        raise WrongUse("Choose one of the groups.")
    if not code_ids:
        raise WrongUse("Choose the codes first.")
    new = deepcopy(content)
    for code_id in code_ids:
        table = _table_of(new, codebook, code_id)
        table.pop("parent", None)
        table.pop("group", None)
        if group:
            table["group"] = group
    return new


def restored(content: Content, earlier: Content, codebook: Codebook, before: Codebook) -> Content:
    """The content of an earlier version once more; codes that came since are retired, so that their ids stay taken.

    Args:
        content: What the newest file holds.
        earlier: What the earlier one holds.
        codebook: The newest, as read.
        before: The earlier, as read.
    """
    since = [code.code_id for code in codebook.codes if before.ever(code.code_id) is None]
    kept = [each.code.code_id for each in codebook.retired if before.ever(each.code.code_id) is None]
    now = retired(content, codebook, since) if since else deepcopy(content)
    gone = [table for table in now.get("retired", []) if table.get("id", table.get("name")) in {*since, *kept}]
    new = deepcopy(earlier)
    if gone:
        new["retired"] = [*new.get("retired", []), *gone]
    return new


def next_version(version: str) -> str:
    """The version after another: its last number is one higher.

    >>> next_version("0.2.9"), next_version("3"), next_version("final")
    ('0.2.10', '4', 'final-2')
    """
    if not re.search(r"\d", version):
        return f"{version}-2" if version else "1"
    return re.sub(r"(\d+)(\D*)$", lambda found: f"{int(found[1]) + 1}{found[2]}", version)


def with_version(content: Content, version: str) -> Content:
    """The content, of that version."""
    new = deepcopy(content)
    new.get("meta", {}).pop("version", None)
    return {"version": version, **{key: value for key, value in new.items() if key != "version"}}


def wording_in(told: Callable[[str], str]) -> Wording:
    """What a form says of a code; of lists each line is one entry.

    Args:
        told: Gives what was written in the field of a name.

    Raises:
        WrongUse: If a field is too long.
    """
    if any(len(told(name)) > LONGEST for name in (*TEXTS, *LISTS)):
        raise WrongUse(f"Each field takes {LONGEST:,} characters. Nothing was kept.")
    name, definition, clarification = (" ".join(told(field).split()) for field in TEXTS)
    include, exclude, cues = (
        tuple(" ".join(line.split()) for line in told(field).splitlines() if line.strip()) for field in LISTS
    )
    polarity = told("polarity") if told("polarity") in POLARITIES else POLARITIES[0]
    return Wording(name, definition, clarification, include, exclude, cues, told("group"), polarity)


def _told(wording: Wording, codebook: Codebook) -> Mapping[str, Any]:
    if not wording.name:
        raise WrongUse("A code needs a name.")
    if wording.group and wording.group not in codebook.groups and wording.group not in codebook:
        raise WrongUse("Choose one of the groups.")
    texts = {name: getattr(wording, name) for name in TEXTS}
    lists = {name: list(getattr(wording, name)) for name in LISTS}
    told = {**texts, **lists, "group": wording.group}
    return {"polarity": wording.polarity, **{key: value for key, value in told.items() if value}}


def _codes(content: Content) -> list[Any]:
    key = "code" if "code" in content else "codes"
    codes: list[Any] = content[key]
    for at, entry in enumerate(codes):
        if isinstance(entry, str):
            codes[at] = {"name": entry}
    return codes


def _table_of(content: Content, codebook: Codebook, code_id: str) -> Content:
    found = next((table for table in _codes(content) if table.get("id", table.get("name")) == code_id), None)
    if code_id not in codebook or found is None:
        raise WrongUse("The newest version of the codebook has no such code.")
    table: Content = found
    return table


def _without_claims_on(content: Content, gone: Collection[str]) -> None:
    """No claim of a question weighs a code that is not there."""
    keys = ("research_questions", "question", "questions")
    questions: Any = next((content[key] for key in keys if key in content), ())
    for question in questions.values() if isinstance(questions, dict) else questions:
        claims: Any = question.get("claim", question.get("claims")) if isinstance(question, dict) else None
        for claim in claims or ():
            for code_id in gone:
                claim.get("weighs", {}).pop(code_id, None)
