"""A codebook.toml, or the same as YAML, to a `Codebook`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from themes.errors import CodebookError
from themes.read.codebook_content import Flaw, Table, codebook_content
from themes.records.codebook import Claim, Code, Codebook, Question, RetiredCode

_CODE_KEYS = {
    *("id", "name", "label", "definition", "clarification", "include", "exclude", "examples", "cues", "close_codes"),
    *("polarity", "safety", "group", "parent", "questions", "research_questions", "sources"),
    *("retired_in", "merged_into"),
}
_KEYS = {
    *("meta", "about", "name", "version", "language", "rules", "dimensions", "code", "codes", "group", "groups"),
    *("question", "questions", "research_questions", "sources", "glossary", "uncoded", "retired", "same_meaning"),
    "labelled",
}
_POLARITIES = ("bipolar", "negative_only")
_BEARINGS = ("for", "against", "context")
_CODING_POLARITIES = ("negative", "positive", "mixed", "neutral")


def packaged_codebook() -> Path:
    """The back-to-work codebook that comes with the program."""
    return Path(__file__).parents[1] / "codebooks" / "back-to-work" / "codebook.toml"


def read_codebook(path: Path) -> Codebook:
    """The codebook in a file, checked: every id that it names exists, no code is there twice.

    A code needs a name; an id if the name is not to serve as one. All else may be left out.

    Args:
        path: A `.toml`, `.yaml` or `.yml` file; the packaged one explains its keys.

    Raises:
        CodebookError: If it cannot be read or contradicts itself. The message names file, code and remedy.
    """
    return codebook_from(codebook_content(path), path)


def codebook_from(content: Table, path: Path) -> Codebook:
    """The codebook that a file of such content is, checked as `read_codebook` does.

    Args:
        content: From `codebook_content`, or made of it.
        path: The file: what it names stands beside it.

    Raises:
        CodebookError: If it contradicts itself.
    """
    try:
        codebook = _codebook(content, path)
        _check(codebook)
    except Flaw as flaw:
        raise CodebookError(f"{path.name}: {flaw}") from None
    return codebook


def _codebook(content: Table, path: Path) -> Codebook:
    meta = {**_table(content.get("meta", {}), "'meta'")}
    _check_keys(content, meta)
    meta |= {key: content[key] for key in ("name", "version", "language", "rules", "dimensions") if key in content}
    about = {**_strings_by_key(_table(content.get("about", {}), "'about'"), "'about'")}
    known = {"name", "version", "language", "rules", "dimensions", "labelled"}
    about |= {key: _string(value, f"'{key}'") for key, value in meta.items() if key not in known}
    dimensions = _table(meta.get("dimensions", {}), "'dimensions'")
    codebook = Codebook(
        codes=tuple(_code(entry, number) for number, entry in enumerate(_entries(content, "code", "codes"), 1)),
        questions=tuple(_questions(content)),
        version=_string(meta.get("version", "0"), "'version'"),
        name=_string(meta.get("name", path.parent.name), "'name'"),
        language=_string(meta.get("language", "en-GB"), "'language'"),
        groups=_groups(content),
        rules=_strings(meta.get("rules", ()), "'rules'"),
        dimensions={name: _strings(values, f"'dimensions', '{name}'") for name, values in dimensions.items()},
        sources=_strings_by_key(_table(content.get("sources", {}), "'sources'"), "'sources'"),
        glossary=_strings_by_key(_table(content.get("glossary", {}), "'glossary'"), "'glossary'"),
        about=about,
        uncoded=_strings(content.get("uncoded", ()), "'uncoded'"),
        retired=tuple(_retired(entry, at) for at, entry in enumerate(_entries(content, "retired"), 1)),
        same_meaning={
            code_id: _strings(hashes, f"'same_meaning', '{code_id}'")
            for code_id, hashes in _table(content.get("same_meaning", {}), "'same_meaning'").items()
        },
    )
    named = {**meta, **content}.get("labelled")
    return codebook if named is None else replace(codebook, labelled=_beside(path, named))


def _check_keys(content: Table, meta: Table) -> None:
    """That nothing is named where nothing reads it; labelled examples, above all, would be missed without a word."""
    for table, known in ((content, _KEYS), (meta, {"labelled"})):
        for key in sorted(set(table) - known):
            if meant := get_close_matches(key, known, n=1, cutoff=0.8):
                raise Flaw(f"has a key '{key}', which nothing reads. Did you mean '{meant[0]}'?")
    for key in sorted(set(content) - {"meta", "glossary"}):
        tables = content[key] if isinstance(content[key], list) else [content[key]]
        if any(isinstance(each, Mapping) and "labelled" in each for each in tables):
            raise Flaw(f"has 'labelled' below '{key}', where nothing reads it. Put it above all lines in [brackets].")


def _code(entry: Any, number: int) -> Code:
    if isinstance(entry, str):
        entry = {"name": entry}
    table = _table(entry, f"code {number}")
    code_id = _string(table.get("id", table.get("name", "")), f"code {number}, 'id'")
    where = f"code '{code_id or number}'"
    if not _string(table.get("name", ""), f"{where}, 'name'").strip():
        raise Flaw(f'{where} has no name. Add name = "…" to it.')
    for key in set(table) - _CODE_KEYS:
        if meant := get_close_matches(key, _CODE_KEYS, n=1, cutoff=0.8):
            raise Flaw(f"{where} has a key '{key}', which nothing reads. Did you mean '{meant[0]}'?")
    polarity = _string(table.get("polarity", "bipolar"), f"{where}, 'polarity'")
    if polarity not in _POLARITIES:
        raise Flaw(f"{where} has the polarity '{polarity}'. Use one of: {', '.join(_POLARITIES)}.")
    parent = table.get("parent", table.get("group"))
    return Code(
        code_id=code_id,
        name=table["name"],
        definition=_string(table.get("definition", ""), f"{where}, 'definition'"),
        clarification=_string(table.get("clarification", ""), f"{where}, 'clarification'"),
        include=_strings(table.get("include", ()), f"{where}, 'include'"),
        exclude=_strings(table.get("exclude", ()), f"{where}, 'exclude'"),
        examples=_strings(table.get("examples", ()), f"{where}, 'examples'"),
        cues=_strings(table.get("cues", ()), f"{where}, 'cues'"),
        close_codes=_strings_by_key(_table(table.get("close_codes", {}), f"{where}, 'close_codes'"), where),
        polarity=polarity,
        safety=_truth(table.get("safety", False), f"{where}, 'safety'"),
        parent_id=None if parent is None else _string(parent, f"{where}, 'group'"),
        questions=_strings(table.get("questions", table.get("research_questions", ())), f"{where}, 'questions'"),
        sources=_strings(table.get("sources", ()), f"{where}, 'sources'"),
        label=_string(table.get("label", ""), f"{where}, 'label'"),
    )


def _retired(entry: Any, number: int) -> RetiredCode:
    where = f"retired code {number}"
    code = _code(entry, number)
    return RetiredCode(
        code,
        retired_in=_string(entry.get("retired_in", ""), f"{where}, 'retired_in'"),
        merged_into=_string(entry.get("merged_into", ""), f"{where}, 'merged_into'"),
    )


def _questions(content: Table) -> Iterable[Question]:
    given = content.get("research_questions", content.get("question", content.get("questions", ())))
    if isinstance(given, Mapping):
        given = [
            {"id": question_id, **(entry if isinstance(entry, Mapping) else {"text": entry})}
            for question_id, entry in given.items()
        ]
    for number, entry in enumerate(_list(given, "'question'"), 1):
        table = _table(entry, f"question {number}")
        if "id" not in table:
            raise Flaw(f'question {number} has no id. Add id = "…" to it.')
        question_id = _string(table["id"], f"question {number}, 'id'")
        where = f"question '{question_id}'"
        claims = _list(table.get("claim", table.get("claims", ())), f"{where}, 'claim'")
        yield Question(
            question_id=question_id,
            text=_string(table.get("text", ""), f"{where}, 'text'"),
            short=_string(table.get("short", ""), f"{where}, 'short'"),
            claims=tuple(_claim(claim, question_id, at) for at, claim in enumerate(claims, 1)),
        )


def _claim(entry: Any, question_id: str, number: int) -> Claim:
    where = f"question '{question_id}', claim {number}"
    table = _table(entry, where)
    weighs: dict[tuple[str, str], str] = {}
    for code_id, bearings in _table(table.get("weighs", {}), f"{where}, 'weighs'").items():
        for polarity, bearing in _table(bearings, f"{where}, '{code_id}'").items():
            if polarity not in _CODING_POLARITIES:
                raise Flaw(f"{where}: '{polarity}' is not a polarity. Use one of: {', '.join(_CODING_POLARITIES)}.")
            if bearing not in _BEARINGS:
                raise Flaw(f"{where}, '{code_id}': use one of: {', '.join(_BEARINGS)}; not '{bearing}'.")
            weighs[code_id, polarity] = bearing
    text = _string(table.get("text", ""), f"{where}, 'text'")
    if not text.strip():
        raise Flaw(f'{where} says nothing. Add text = "…" to it.')
    return Claim(_string(table.get("id", f"{question_id}.{number}"), f"{where}, 'id'"), text, weighs)


def _groups(content: Table) -> dict[str, str]:
    groups: dict[str, str] = {}
    for number, entry in enumerate(_entries(content, "group", "groups"), 1):
        table = _table(entry, f"group {number}")
        group_id = _string(table.get("id", table.get("name", "")), f"group {number}, 'id'")
        if not group_id or group_id in groups:
            raise Flaw(f"group {number} has no id, or one that is taken ('{group_id}'). Give it its own.")
        groups[group_id] = _string(table.get("name", group_id), f"group '{group_id}', 'name'")
    return groups


def _check(codebook: Codebook) -> None:
    if not codebook.codes:
        raise Flaw("has no codes. Add a [[code]] with a name (in YAML: 'codes:' and a list).")
    _check_unique((c.code_id for c in (*codebook.codes, *(each.code for each in codebook.retired))), "codes")
    _check_unique((question.question_id for question in codebook.questions), "questions")
    if lost := [e for e in codebook.retired if e.merged_into and codebook.ever(e.merged_into) is None]:
        raise Flaw(f"'{lost[0].code.code_id}' was merged into '{lost[0].merged_into}', which there is not.")
    questions = {question.question_id for question in codebook.questions}
    for code in codebook.codes:
        where = f"code '{code.code_id}'"
        for close in code.close_codes:
            _check_known(close, codebook, f"{where}: 'close_codes' names '{close}', which is not a code")
        if code.parent_id is not None and code.parent_id not in codebook.groups:
            _check_known(code.parent_id, codebook, f"{where} belongs to '{code.parent_id}', which is not a group")
        for question in code.questions:
            if question not in questions:
                raise Flaw(f"{where} names the question '{question}', which there is not. Correct or add it.")
        for source in code.sources:
            if codebook.sources and source not in codebook.sources:
                raise Flaw(f"{where} names the source '{source}', which there is not. Correct or add it.")
    _check_no_circle(codebook)
    for question_ in codebook.questions:
        for claim in question_.claims:
            for code_id, _ in claim.table:
                where = f"question '{question_.question_id}', claim '{claim.claim_id}'"
                _check_known(code_id, codebook, f"{where} weighs '{code_id}', which is not a code")


def _check_no_circle(codebook: Codebook) -> None:
    """That above each code there is an end: a group, or a code which belongs to nothing."""
    above = {c.code_id: c.parent_id for c in codebook.codes if c.parent_id and c.parent_id not in codebook.groups}
    for code_id in above:
        line = [code_id]
        while (parent := above.get(line[-1])) and parent not in line:
            line.append(parent)
        if parent == code_id:
            round_ = " → ".join(f"'{each}'" for each in [*line, code_id])
            raise Flaw(f"code '{code_id}' belongs in the end to itself: {round_}. Give one of them another 'parent'.")


def _check_unique(ids: Iterable[str], what: str) -> None:
    for one, times in Counter(ids).items():
        if times > 1:
            raise Flaw(f"{times} {what} have the id '{one}'. Rename or remove all but one.")


def _check_known(code_id: str, codebook: Codebook, problem: str) -> None:
    if code_id not in codebook:
        meant = get_close_matches(code_id, [code.code_id for code in codebook.codes], n=1)
        raise Flaw(f"{problem}. " + (f"Did you mean '{meant[0]}'?" if meant else "Correct or add it."))


def _beside(path: Path, name: Any) -> Path:
    file = path.parent / _string(name, "'labelled'")
    if not file.is_file():
        raise Flaw(f"names labelled examples that are not there: {file.name}. Correct or remove 'labelled'.")
    return file


def _entries(content: Table, *keys: str) -> list[Any]:
    return next((_list(content[key], f"'{key}'") for key in keys if key in content), [])


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise Flaw(f"{where} is not a list. Write it as one, also when it has one entry only.")
    return list(value)


def _table(value: Any, where: str) -> Table:
    if not isinstance(value, Mapping):
        raise Flaw(f"{where} is not a table of keys and values. Write it as one.")
    return value


def _string(value: Any, where: str) -> str:
    if isinstance(value, bool | Mapping | list) or value is None:
        raise Flaw(f'{where} is not a text. Put it in quotation marks: "…".')
    return str(value)


def _strings(value: Any, where: str) -> tuple[str, ...]:
    return tuple(_string(entry, where) for entry in _list(value, where))


def _strings_by_key(table: Table, where: str) -> dict[str, str]:
    return {key: _string(value, f"{where}, '{key}'") for key, value in table.items()}


def _truth(value: Any, where: str) -> bool:
    if str(value).casefold() not in {"true", "false"}:
        raise Flaw(f"{where} is neither true nor false. Write one of the two.")
    return str(value).casefold() == "true"
