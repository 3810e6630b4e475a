"""What a code means, and whether it means the same in two versions of a codebook: then what was decided by it holds."""

import hashlib
import json

from themes.records.codebook import Code, Codebook


def hash_of_meaning(code: Code) -> str:
    """Sixteen letters and digits that are others once name, definition, limits or polarity of a code are others.

    Cues, examples, group and close codes are not part of what it means.
    """
    meaning = (code.name, code.definition, code.clarification, code.include, code.exclude, code.polarity)
    return hashlib.sha256(json.dumps(meaning).encode()).hexdigest()[:16]


def means_the_same(code_id: str, then: Codebook, now: Codebook) -> bool:
    """Whether what was decided about a code by one codebook holds by another.

    It does if nobody raised the version (then the wording was put better), if the code says the same, or if whoever
    worded it anew said that it means the same. A retired code means what it meant.
    """
    if then.version == now.version:
        return True
    before, after = then.ever(code_id), now.ever(code_id)
    if before is None or after is None:
        return False
    told = hash_of_meaning(before)
    return told == hash_of_meaning(after) or told in now.same_meaning.get(code_id, ())
