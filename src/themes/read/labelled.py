"""Excerpts that people have coded, as JSON lines: {"id", "text", "codes": […], "prompt"?, "case_id"?, "theme"?}.

Excerpts of a case, which `case_id` names, are tried out together. `theme` names what a set of excerpts has in common in
its wording: where no case is named, they are tried out together as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from themes.errors import WrongUse
from themes.read.jsonl import Line, read_lines
from themes.records.codebook import Code, Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment
from themes.records.span import Span


@dataclass(frozen=True)
class Labelled:
    """What a file of labelled excerpts teaches. `codes` are those that any excerpt takes, in order of the alphabet."""

    examples: tuple[LabelledSegment, ...] = ()
    codes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """What is wrong with the lines that were passed over."""


def read_labelled(path: Path, *, needs_codes: bool = True) -> Labelled:
    """The excerpts of a file. Blanks around the name of a code are no part of it.

    Args:
        path: The file.
        needs_codes: Whether one without any code is refused: there is nothing else to tell the codes from.

    Raises:
        WrongUse: If there is no such file, or no excerpt in it has a code and one is needed.
    """
    examples: list[LabelledSegment] = []
    problems: list[str] = []
    for number, line in enumerate(read_lines(path), 1):
        codes = line.values.get("codes")
        if line.problem:
            problems.append(line.problem)
        elif not isinstance(codes, list) or not all(isinstance(one, str) for one in codes):
            problems.append(f"excerpt {number} has no 'codes', or it is not a list of names")
        elif not all(one.strip() for one in codes):
            problems.append(f'excerpt {number} has a code without a name; where none applies, write "codes": []')
        elif codes and not any(map(str.isalnum, line.values["text"])):
            # Nothing could be learned from it but that nothing takes its codes.
            problems.append(f"excerpt {number} has codes and no words")
        else:
            segment = as_segment(line, number)
            theme = line.values.get("theme")
            if isinstance(theme, str) and theme and not line.case:
                segment = replace(segment, case_id=f"theme {theme}")
            examples.append(LabelledSegment(segment, frozenset(one.strip() for one in codes)))
    seen = tuple(sorted({code_id for example in examples for code_id in example.code_ids}))
    if needs_codes and not seen:
        why = f": {problems[0]}" if problems else ""
        raise WrongUse(f"No excerpt in {path} has a code to learn{why}. Give at least one, or leave the file out.")
    return Labelled(tuple(examples), seen, tuple(problems))


def as_segment(line: Line, at: int) -> Segment:
    """An excerpt as a segment: a document of its own, in the case that its "case_id" names.

    Without one the case is its own, or its text's if the id tells ("t7.0", "t7.1").
    Its "context" are words that stood beside it, or the passage that it stands in.
    """
    text = line.values["text"]
    prompt = line.values.get("prompt")
    context = line.values.get("context")
    before, _, after = context.partition(text) if isinstance(context, str) and text.strip() else ("", "", "")
    return Segment(
        segment_id=f"{at}:0-{len(text)}",
        document_id=str(at),
        case_id=line.case or str(line.id).rsplit(".", maxsplit=1)[0],
        span=Span(0, len(text)),
        text=text,
        prompt=prompt if isinstance(prompt, str) else None,
        before=before.strip(),
        after=after.strip(),
    )


def added_codes(codebook: Codebook, codes: Iterable[str]) -> list[str]:
    """Those that the codebook lacks, in the order given; not those that it has retired."""
    return [code_id for code_id in codes if codebook.ever(code_id) is None]


def with_codes(codebook: Codebook, codes: Iterable[str]) -> Codebook:
    """The codebook, and after its codes those that it lacks; not those that it has retired."""
    new = tuple(Code(code_id, code_id, "") for code_id in added_codes(codebook, codes))
    return replace(codebook, codes=codebook.codes + new)


def examples_for(codebook: Codebook) -> tuple[LabelledSegment, ...]:
    """What the labelled excerpts that a codebook names teach, as its codes stand; nothing if it names none."""
    if codebook.labelled is None:
        return ()
    return as_codes_stand(codebook, read_labelled(codebook.labelled).examples)


def as_codes_stand(codebook: Codebook, examples: tuple[LabelledSegment, ...]) -> tuple[LabelledSegment, ...]:
    """Labelled excerpts with the codes that stand: merged ones as what they were merged into, without retired ones."""
    gone = {each.code.code_id for each in codebook.retired}
    return tuple(
        replace(one, code_ids=frozenset(c for each in one.code_ids if (c := codebook.stands_for(each))))
        if one.code_ids & gone
        else one
        for one in examples
    )
