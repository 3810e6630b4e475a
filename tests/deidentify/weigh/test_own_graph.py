"""The network of our own tagger against BERT written out in numpy, on a small one with weights of its own."""

from math import erf

import numpy as np
import onnxruntime

from themes.deidentify.weigh.eight_bits import in_eight_bits
from themes.deidentify.weigh.own_graph import HEADS, WIDE, graph_of

WIDTH, INNER, FAMILIES, LAYERS = 384, 512, 6, 2


def arrays_of(seed: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return draw.normal(0, 0.05, shape).astype(np.float32)

    def norm() -> np.ndarray:
        return np.stack([1 + some(WIDTH), some(WIDTH)])

    arrays = {"first norm": norm(), "odds": some(WIDTH, FAMILIES), "odds bias": some(FAMILIES)}
    shapes = {"together": (WIDTH, 3 * WIDTH), "attended": (WIDTH, WIDTH), "wider": (WIDTH, INNER),
              "narrower": (INNER, WIDTH)}  # fmt: skip
    for layer in range(LAYERS):
        for part in WIDE:
            arrays[f"{layer} {part}"], arrays[f"{layer} {part} step"] = in_eight_bits(some(*shapes[part]))
            arrays[f"{layer} {part} bias"] = some(shapes[part][1])
        for part in ("attended", "narrower"):
            arrays[f"{layer} {part} norm"] = norm()
    return arrays


def by_hand(arrays: dict[str, np.ndarray], states: np.ndarray) -> np.ndarray:
    """The log-odds of one text in floating point."""

    def normed(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(-1, keepdims=True)
        scale, shift = arrays[name]
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * scale + shift

    def times(x: np.ndarray, name: str) -> np.ndarray:
        return x @ (arrays[name] * arrays[f"{name} step"]) + arrays[f"{name} bias"]

    x = normed(states, "first norm")
    for layer in range(LAYERS):
        heads = [np.split(part, HEADS, axis=-1) for part in np.split(times(x, f"{layer} together"), 3, axis=-1)]
        heeded = []
        for query, key, value in zip(*heads, strict=True):
            weights = np.exp(query @ key.T / np.sqrt(WIDTH / HEADS))
            heeded.append(weights / weights.sum(-1, keepdims=True) @ value)
        x = normed(x + times(np.concatenate(heeded, axis=-1), f"{layer} attended"), f"{layer} attended norm")
        wide = times(x, f"{layer} wider")
        bent = wide * (1 + np.vectorize(erf)(wide / np.sqrt(2))) / 2
        x = normed(x + times(bent, f"{layer} narrower"), f"{layer} narrower norm")
    return x @ arrays["odds"] + arrays["odds bias"]


def asked(session: onnxruntime.InferenceSession, texts: list[np.ndarray]) -> list[np.ndarray]:
    longest = max(map(len, texts))
    states = np.stack([np.pad(text, ((0, longest - len(text)), (0, 0)), constant_values=7) for text in texts])
    mask = np.array([[1] * len(text) + [0] * (longest - len(text)) for text in texts], np.int32)
    [odds] = session.run(None, {"states": states, "mask": mask})
    return [row[: len(text)] for row, text in zip(odds, texts, strict=True)]


def test_the_network_is_bert_but_for_rounding_and_no_text_hangs_on_those_beside_it() -> None:
    arrays = arrays_of(1)
    session = onnxruntime.InferenceSession(graph_of(arrays), providers=["CPUExecutionProvider"])
    draw = np.random.default_rng(2)
    texts = [draw.normal(0, 1, (length, WIDTH)).astype(np.float32) for length in (3, 11, 1)]
    together = asked(session, texts)
    for text, odds in zip(texts, together, strict=True):
        np.testing.assert_allclose(odds, by_hand(arrays, text), atol=0.05)
        np.testing.assert_allclose(asked(session, [text])[0], odds, atol=1e-5)
