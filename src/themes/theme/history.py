"""What has happened to themes from run to run: births, deaths, splits, and what analysts decided.

An event holds ids, counts and the words of analysts. Names are looked up when the history is written, so that one
that was taken back, because too few people used its words, stands nowhere.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from themes.records.theme import ThemeEvent, What
from themes.theme.clusters import Labels
from themes.theme.identity import Registry

_MOSTLY = 0.5
"""Share of a new theme's texts that were in one known theme before, for that one to have split; and of the texts of one
that falls silent, for them to be said to be in another now."""
_FLOODED = 0.5
"""Share of a known theme's texts at its far side, where a quarter of them lay when it was found. Where it is more, they
are newcomers that merely had no nearer theme: what they make has not split from it. On invented comments to a library,
sixteen new themes of which four fifths or more were newcomers were all said to have split, and none is now; of sixteen
others, thirteen still are."""


def found_events(
    known: Registry | None,
    registry: Registry,
    before: Labels | None,
    now: Labels,
    *,
    run_id: str,
    on: str,
    far: NDArray[np.bool_] | None = None,
) -> list[ThemeEvent]:
    """What this run found: themes born, split off, fallen silent, come back. In the order of the registry.

    Args:
        known: The registry before the run, None at first.
        registry: After it: with the known themes first.
        before: The known group each text would have been in, -1 where unclear, shape (n_texts,); None at first.
        now: The group it is in now, -1 where unclear.
        run_id: The run.
        on: Its date.
        far: Which texts lie further from that known group than three quarters of its own did, shape (n_texts,);
            None: not looked at.

    Returns:
        A death names the theme where its texts are now, if most are in one: it is spoken of, under another theme.
    """
    events = []
    silent = _silent(registry.events)
    for place, theme in enumerate(registry.themes):
        theirs = now == place
        count, theme_id = int(theirs.sum()), theme.theme_id
        if known is None or before is None or place >= len(known.themes):
            parent = _split_from(before, theirs, now, far)
            if parent is not None:
                events.append(ThemeEvent(What.SPLIT, _id(registry, parent), run_id, on, count, (theme_id,)))
            else:
                events.append(ThemeEvent(What.BIRTH, theme_id, run_id, on, count))
        elif count and theme_id in silent:
            events.append(ThemeEvent(What.RETURN, theme_id, run_id, on, count))
        elif not count and theme_id not in silent:
            events.append(ThemeEvent(What.DEATH, theme_id, run_id, on, 0, _where_now(registry, now[before == place])))
    return events


def _id(registry: Registry, place: int) -> str:
    return registry.themes[place].theme_id


def _silent(events: Sequence[ThemeEvent]) -> set[str]:
    silent = set()
    for event in events:
        if event.what is What.DEATH:
            silent.add(event.theme_id)
        elif event.what is What.RETURN:
            silent.discard(event.theme_id)
    return silent


def _where_now(registry: Registry, theirs: Labels) -> tuple[str, ...]:
    """The theme that most texts of a silent one are in, if there are any."""
    if not len(theirs) or (theirs < 0).all():
        return ()
    place = int(np.bincount(theirs[theirs >= 0]).argmax())
    return (_id(registry, place),) if np.mean(theirs == place) >= _MOSTLY else ()


def _split_from(
    before: Labels | None, theirs: NDArray[np.bool_], now: Labels, far: NDArray[np.bool_] | None
) -> int | None:
    """The known group that most of a new group's texts were in, if it has texts of its own still."""
    if before is None or not theirs.any():
        return None
    then = before[theirs]
    if not (then >= 0).any():
        return None
    parent = int(np.bincount(then[then >= 0]).argmax())
    if far is not None and np.mean(far[before == parent]) > _FLOODED:
        return None
    is_split = np.mean(then == parent) >= _MOSTLY and (now == parent).any()
    return parent if is_split else None


def history(registry: Registry) -> str:
    """The events as a table of tab-separated values, the earliest first, with the names that themes have now."""
    names = {theme.theme_id: theme.name for theme in registry.themes}

    def named(theme_ids: Collection[str]) -> str:
        return ", ".join(f"{i} ({names[i]})" if names.get(i) else i for i in theme_ids)

    rows = [("date", "what", "theme", "other themes", "texts", "decided by", "run")]
    rows += [
        (
            event.on,
            event.what.value,
            named([event.theme_id]),
            named(event.others),
            "" if event.texts is None else str(event.texts),
            event.by or "",
            event.run_id,
        )
        for event in registry.events
    ]
    return "".join("\t".join(map(_in_a_cell, row)) + "\n" for row in rows)


def _in_a_cell(text: str) -> str:
    plain = " ".join(text.split())
    # A spreadsheet would take it for a formula.
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain
