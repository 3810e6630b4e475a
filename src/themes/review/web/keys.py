"""Which key does what: shown beside everything that has one, changed or switched off by each person for themselves."""

from collections.abc import Mapping

ACTIONS: Mapping[str, tuple[str, str]] = {
    "decide": ("Enter", "Decide and go on"),
    "none": ("n", "No code applies, and go on"),
    "skip": ("s", "Go on without deciding"),
    "undo": ("u", "Undo the last decision"),
    "redo": ("r", "Do once more what was undone"),
    "pick": ("/", "Find a code"),
    "start-back": ("[", "Begin one word earlier"),
    "start-on": ("]", "Begin one word later"),
    "end-back": ("{", "End one word earlier"),
    "end-on": ("}", "End one word later"),
    "memo": ("m", "Write a memo"),
    "concern": ("w", "Worrying: needs a person"),
    "mask": ("x", "A detail here was not taken out"),
    "why": ("y", "Why the first code is suggested"),
    "queue": ("q", "Queue and filters"),
    "help": ("?", "All keys"),
}
"""What can be done by key: the key at first, and what it does. The figures 1 to 9 tick the suggestions."""
FIXED = frozenset("123456789")
OFF = "off"


def keys_of(cookie: str) -> dict[str, str]:
    """Action to key, as somebody chose; "" where they chose none.

    Args:
        cookie: From `as_cookie`; anything else gives the keys there are at first.
    """
    at_first = {action: key for action, (key, _) in ACTIONS.items()}
    if cookie == OFF:
        return dict.fromkeys(ACTIONS, "")
    chosen = dict(at_first)
    for part in cookie.split("."):
        action, between, told = part.partition("-hex-")
        if action in ACTIONS and between and told.isalnum() and len(told) <= 6:
            try:
                chosen[action] = chr(int(told, 16))
            except (ValueError, OverflowError):
                return at_first
        elif action in ACTIONS and between and not told:
            chosen[action] = ""
    return chosen if not clash(chosen) else at_first


def clash(chosen: Mapping[str, str]) -> list[str]:
    """Actions whose key is that of another one, or is not a key that can be pressed by itself."""
    used = [key for key in chosen.values() if key]
    return [
        action
        for action, key in chosen.items()
        if key and (used.count(key) > 1 or key in FIXED or not _is_key(action, key))
    ]


def as_cookie(chosen: Mapping[str, str]) -> str:
    """Keys as a cookie's value, of plain letters, figures and dashes; only what differs from the keys at first."""
    if not any(chosen.values()):
        return OFF
    return ".".join(
        f"{action}-hex-{ord(key):x}" if key else f"{action}-hex-"
        for action, key in chosen.items()
        if key != ACTIONS[action][0] and len(key) <= 1
    )


def _is_key(action: str, key: str) -> bool:
    return key == ACTIONS[action][0] or (len(key) == 1 and key.isprintable() and not key.isspace())
