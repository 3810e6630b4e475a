"""A codebook that another program gave, as one of ours: with what our own sidecar beside it says, if there is one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from themes.errors import CodebookError
from themes.records.codebook import Claim, Code, Codebook, Question
from themes.records.exchange import ExchangedCode, ExchangedCodebook
from themes.store.files import read_json
from themes.store.tables import from_plain


def codebook_of(exchanged: ExchangedCodebook, sidecar: Path) -> Codebook:
    """The codes of the file, in its order, under its groups.

    Args:
        exchanged: The file.
        sidecar: What `themes export` wrote beside it. Where it is there, a code whose name and description nobody
            changed is what it was; of one that was changed, what the file says goes before.

    Raises:
        CodebookError: If the sidecar is not one of ours, or a code of the file stands below itself.
    """
    was, given = _beside(sidecar)
    ids: dict[str, str] = {entry["guid"]: code_id for code_id, entry in given.items()}
    known_codes = {code.code_id: code for code in was.codes}
    group_ids = {name: group_id for group_id, name in was.groups.items()}
    groups: dict[str, str] = {}
    codes: list[Code] = []
    taken: set[str] = set()
    for code, parent in _flat(exchanged.codes):
        known_group = None if code.is_codable else group_ids.get(code.name)
        own_id = ids.get(code.guid) or known_group or _own_id(code.name, taken)
        taken.add(own_id)
        ids[code.guid] = own_id
        if not code.is_codable:
            groups[own_id] = code.name
            continue
        known = known_codes.get(own_id)
        made = Code(own_id, code.name, code.description) if known is None else replace(known, name=code.name)
        if known is not None and code.description != given[own_id]["description"]:
            made = replace(made, definition=code.description, clarification="", include=(), exclude=(), examples=())
        codes.append(replace(made, parent_id=ids.get(parent.guid) if parent else None))
    return _without_gone(replace(was, codes=tuple(codes), groups=groups, labelled=None))


def as_table(codebook: Codebook) -> dict[str, Any]:
    """The codebook as a file of ours has it, to be written as YAML."""
    table = {
        "name": codebook.name,
        "version": codebook.version,
        "language": codebook.language,
        "about": dict(codebook.about),
        "rules": list(codebook.rules),
        "dimensions": {name: list(values) for name, values in codebook.dimensions.items()},
        "groups": [{"id": group_id, "name": name} for group_id, name in codebook.groups.items()],
        "codes": [_code_table(code) for code in codebook.codes],
        "questions": [_question_table(question) for question in codebook.questions],
        "sources": dict(codebook.sources),
        "glossary": dict(codebook.glossary),
        "uncoded": list(codebook.uncoded),
    }
    return {key: value for key, value in table.items() if value}


def _beside(sidecar: Path) -> tuple[Codebook, Mapping[str, Mapping[str, str]]]:
    if not sidecar.is_file():
        return Codebook((), name="imported"), {}
    content = read_json(sidecar)
    try:
        book = from_plain(Codebook, content["codebook"])
        given = {
            str(i): {"guid": str(e["guid"]), "description": str(e["description"])} for i, e in content["codes"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CodebookError(
            f"{sidecar} is not what themes wrote beside a codebook. Take it away to import the codebook without it."
        ) from None
    return book, given


def _flat(
    codes: tuple[ExchangedCode, ...], above: tuple[ExchangedCode, ...] = ()
) -> Iterator[tuple[ExchangedCode, ExchangedCode | None]]:
    for code in codes:
        if code.guid in {each.guid for each in above}:
            raise CodebookError(
                f"code '{code.name}' belongs in the end to itself: it stands below a code with the same guid, "
                f"{code.guid}. Give one of them another place in the program it is from, and export it again."
            )
        yield code, above[-1] if above else None
        yield from _flat(code.children, (*above, code))


def _own_id(name: str, taken: set[str]) -> str:
    """From the name: "Fear of sanctions" is fear_of_sanctions."""
    plain = re.sub(r"\W+", "_", name.casefold()).strip("_")[:60] or "code"
    own_id, number = plain, 1
    while own_id in taken:
        number += 1
        own_id = f"{plain}_{number}"
    return own_id


def _without_gone(codebook: Codebook) -> Codebook:
    """Without mention of codes that the file has no more."""
    return replace(
        codebook,
        codes=tuple(
            replace(code, close_codes={one: why for one, why in code.close_codes.items() if one in codebook})
            for code in codebook.codes
        ),
        questions=tuple(
            replace(question, claims=tuple(_claim_without_gone(claim, codebook) for claim in question.claims))
            for question in codebook.questions
        ),
    )


def _claim_without_gone(claim: Claim, codebook: Codebook) -> Claim:
    return replace(claim, table={key: bearing for key, bearing in claim.table.items() if key[0] in codebook})


def _code_table(code: Code) -> dict[str, Any]:
    fields = asdict(code)
    table = {"id": fields.pop("code_id"), "parent": fields.pop("parent_id"), **fields}
    table["close_codes"] = dict(code.close_codes)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in table.items() if value}


def _question_table(question: Question) -> dict[str, Any]:
    table = {
        "id": question.question_id,
        "text": question.text,
        "short": question.short,
        "claims": [{"id": claim.claim_id, "text": claim.text, "weighs": _weighs(claim)} for claim in question.claims],
    }
    return {key: value for key, value in table.items() if value}


def _weighs(claim: Claim) -> dict[str, dict[str, str]]:
    weighs: dict[str, dict[str, str]] = {}
    for (code_id, polarity), bearing in claim.table.items():
        weighs.setdefault(code_id, {})[polarity] = bearing
    return weighs
