"""What two people judge without seeing the machine or one another: kept from everybody until both have decided.

Once both have, it stays open, and what they held at that moment is what tells of agreement: what somebody changes after
a look at the other is no judgement of their own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from themes.code.decided import Opinion


class Blind:
    """Which people had decided on an excerpt at the same moment, and what they held of it then."""

    def __init__(self) -> None:
        self._whole: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._met: dict[str, dict[frozenset[str], Sequence[Opinion]]] = defaultdict(dict)

    def tell(
        self, segment_id: str, place: str, coder_id: str, *, decided: bool, held: Callable[[], Sequence[Opinion]]
    ) -> None:
        """Somebody has decided on an excerpt, or takes that back.

        Args:
            segment_id: The excerpt.
            place: Where they decided: there, or on a stretch that stands for it.
            coder_id: Who.
            decided: Whether they have said all there is to say.
            held: Gives what everybody holds of the excerpt at this moment.
        """
        by_coder = self._whole[segment_id]
        if not decided:
            by_coder[coder_id].discard(place)
            return
        by_coder[coder_id].add(place)
        together = frozenset(each for each, places in by_coder.items() if places)
        if len(together) > 1 and together not in self._met[segment_id]:
            self._met[segment_id][together] = held()

    def is_open(self, segment_id: str, to: Collection[str]) -> bool:
        """Whether both have decided.

        Args:
            segment_id: The excerpt.
            to: The two it was given to; empty: any two.
        """
        return self._first(segment_id, to) is not None

    def judgements(self, segment_id: str, to: Collection[str]) -> list[Opinion]:
        """What the two held when the second of them had decided; nothing before."""
        together = self._first(segment_id, to)
        if together is None:
            return []
        return [one for one in self._met[segment_id][together] if one.coder_id in (set(to) or together)]

    def _first(self, segment_id: str, to: Collection[str]) -> frozenset[str] | None:
        return next((each for each in self._met.get(segment_id, ()) if each.issuperset(to)), None)
