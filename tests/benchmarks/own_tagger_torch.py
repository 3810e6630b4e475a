"""The training of our own tagger, in a process of its own: `python own_tagger_torch.py TASK.npz OUT.npz FOLD`.

With files of trainings behind FOLD it trains nothing: it judges by the mean of their weights.

Needs torch and numpy alone, which are installed apart from ours. FOLD: the one that is left out and then judged; what
was said of it is written, and the weights. The task holds windows of pieces of words in a row (train_own_tagger.py).

BERT as in Devlin et al. (2019), NAACL. The vectors of pieces stay as they are: the layers above learn.
"""

import random
import sys
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HEADS, TINY, DROPPED = 12, 1e-12, 0.1
RATE, DECAY, WARM = 1e-4, 0.01, 0.06
EPOCHS = 3
"""A fourth makes the names of posts less well told out of fold, and nothing better."""
PIECES = 4096
"""In a batch, filling included."""
LOT = 4096
"""Windows that are sorted by length together."""
CLS, SEP = 101, 102


class Layer(nn.Module):
    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value, self.attended = (nn.Linear(width, width) for _ in range(4))
        self.wider, self.narrower = nn.Linear(width, inner), nn.Linear(inner, width)
        self.attended_norm, self.narrower_norm = nn.LayerNorm(width, TINY), nn.LayerNorm(width, TINY)

    def forward(self, states: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        rows, length, width = states.shape

        def parted(linear: nn.Linear) -> torch.Tensor:
            return linear(states).view(rows, length, HEADS, width // HEADS).transpose(1, 2)

        heeded = functional.scaled_dot_product_attention(
            parted(self.query), parted(self.key), parted(self.value), attn_mask=present[:, None, None, :],
            dropout_p=DROPPED if self.training else 0.0,
        )  # fmt: skip
        told = self.attended(heeded.transpose(1, 2).reshape(rows, length, width))
        states = self.attended_norm(states + functional.dropout(told, DROPPED, self.training))
        narrow = self.narrower(functional.gelu(self.wider(states)))
        return self.narrower_norm(states + functional.dropout(narrow, DROPPED, self.training))


class Tagger(nn.Module):
    """From pieces to log-odds, shape (n_texts, n_pieces, n_families)."""

    def __init__(self, base: dict[str, np.ndarray], families: int) -> None:
        super().__init__()
        width = base["embeddings.LayerNorm.weight"].shape[0]
        inner = base["encoder.layer.0.intermediate.dense.weight"].shape[0]
        count = 1 + max(int(name.split(".")[2]) for name in base if name.startswith("encoder.layer."))
        self.register_buffer("words", torch.from_numpy(base["embeddings.word_embeddings.weight"]))
        places = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        self.register_buffer("places", torch.from_numpy(places))
        self.first_norm = nn.LayerNorm(width, TINY)
        self.layers = nn.ModuleList(Layer(width, inner) for _ in range(count))
        self.odds = nn.Linear(width, families)
        with torch.no_grad():
            for target, name in self.named_parts():
                for kind in ("weight", "bias"):
                    getattr(target, kind).copy_(torch.from_numpy(base[f"{name}.{kind}"]))
        self.first_norm.requires_grad_(False)

    def named_parts(self) -> Iterator[tuple[nn.Module, str]]:
        """The parts that come from the packaged encoder, and what they are called there."""
        yield self.first_norm, "embeddings.LayerNorm"
        for number, layer in enumerate(self.layers):
            name = f"encoder.layer.{number}"
            for part in ("query", "key", "value"):
                yield getattr(layer, part), f"{name}.attention.self.{part}"
            yield layer.attended, f"{name}.attention.output.dense"
            yield layer.attended_norm, f"{name}.attention.output.LayerNorm"
            yield layer.wider, f"{name}.intermediate.dense"
            yield layer.narrower, f"{name}.output.dense"
            yield layer.narrower_norm, f"{name}.output.LayerNorm"

    def forward(self, ids: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        states = self.first_norm(self.words[ids] + self.places[: ids.shape[1]])
        states = functional.dropout(states, DROPPED, self.training)
        for layer in self.layers:
            states = layer(states, present)
        return self.odds(functional.dropout(states, DROPPED, self.training))


class Task:
    """Windows in a row. `truth`: (n_pieces, n_families), 1, 0 or -1 where neither is known; `counts`, `folds`,
    `learned` and `judged`: per window."""

    def __init__(self, path: str) -> None:
        kept = np.load(path)
        self.ids, self.truth, self.ends = kept["ids"], kept["truth"], kept["ends"]
        self.counts, self.folds = kept["counts"], kept["folds"]
        self.learned, self.judged = kept["learned"], kept["judged"]
        self.base = {name.removeprefix("base "): kept[name] for name in kept.files if name.startswith("base ")}
        self.starts = np.concatenate([[0], self.ends[:-1]])

    def filled(self, windows: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        width = 2 + max(int(self.ends[w] - self.starts[w]) for w in windows)
        ids = np.zeros((len(windows), width), np.int64)
        for row, w in enumerate(windows):
            inside = self.ids[self.starts[w] : self.ends[w]]
            ids[row, : len(inside) + 2] = [CLS, *inside, SEP]
        return torch.from_numpy(ids), torch.from_numpy(ids != 0)

    def truths(self, windows: list[int], width: int) -> tuple[torch.Tensor, torch.Tensor]:
        """What is true of each piece, and how much it counts."""
        truth = np.full((len(windows), width, self.truth.shape[1]), -1, np.float32)
        for row, w in enumerate(windows):
            truth[row, 1 : 1 + self.ends[w] - self.starts[w]] = self.truth[self.starts[w] : self.ends[w]]
        counts = (truth >= 0) * self.counts[windows][:, None, None].astype(np.float32)
        return torch.from_numpy(np.maximum(truth, 0)), torch.from_numpy(counts)

    def batches(self, windows: list[int], draw: random.Random | None) -> list[list[int]]:
        order = list(windows)
        lots = [order]
        if draw:
            draw.shuffle(order)
            lots = [order[start : start + LOT] for start in range(0, len(order), LOT)]
        made: list[list[int]] = []
        for lot in lots:
            some: list[int] = []
            for w in sorted(lot, key=lambda each: self.ends[each] - self.starts[each]):
                if some and (len(some) + 1) * (self.ends[w] - self.starts[w] + 2) > PIECES:
                    made.append(some)
                    some = []
                some.append(w)
            made += [some] if some else []
        if draw:
            draw.shuffle(made)
        return made


def trained(task: Task, fold: int) -> Tagger:
    torch.manual_seed(0)
    draw = random.Random(0)
    tagger = Tagger(task.base, task.truth.shape[1])
    windows = [int(w) for w in np.flatnonzero(task.learned & (task.folds != fold))]
    steps = EPOCHS * len(task.batches(windows, random.Random(1)))
    moved = torch.optim.AdamW([p for p in tagger.parameters() if p.requires_grad], lr=RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.LambdaLR(
        moved, lambda step: min(1, step / (WARM * steps)) * max(0, (steps - step) / steps)
    )
    tagger.train()
    for epoch in range(EPOCHS):
        for n, some in enumerate(task.batches(windows, draw)):
            ids, present = task.filled(some)
            truth, counts = task.truths(some, ids.shape[1])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = tagger(ids, present)
            loss = functional.binary_cross_entropy_with_logits(odds.float(), truth, weight=counts, reduction="sum")
            loss = loss / counts[..., 0].sum().clamp(min=1)
            moved.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            moved.step()
            pace.step()
            if n % 50 == 0:
                print(f"fold {fold}, epoch {epoch}, batch {n}: {loss.item():.3f}", flush=True)
    return tagger


def mean_of(task: Task, files: list[str]) -> Tagger:
    """The mean of what trainings left, weight by weight (Wortsman et al. 2022, Model soups)."""
    tagger = Tagger(task.base, task.truth.shape[1])
    kept = [np.load(file) for file in files]
    with torch.no_grad():
        for name, target in tagger.named_parameters():
            target.copy_(torch.from_numpy(np.mean([each[name] for each in kept], axis=0)))
    return tagger


@torch.no_grad()
def judged(tagger: Tagger, task: Task, fold: int) -> np.ndarray:
    """The log-odds of every piece of the fold; noughts elsewhere."""
    tagger.eval()
    said = np.zeros(task.truth.shape, np.float16)
    for some in task.batches([int(w) for w in np.flatnonzero(task.judged & (task.folds == fold))], None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            odds = tagger(*task.filled(some)).float().numpy()
        for row, w in zip(odds, some, strict=True):
            said[task.starts[w] : task.ends[w]] = row[1 : 1 + task.ends[w] - task.starts[w]]
    return said


if __name__ == "__main__":
    torch.set_num_threads(1)  # so that sums come out the same whatever the machine
    task, target, fold = Task(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    tagger = mean_of(task, sys.argv[4:]) if len(sys.argv) > 4 else trained(task, fold)
    weights = {name: value.detach().float().numpy() for name, value in tagger.named_parameters()}
    np.savez(target, said=judged(tagger, task, fold), **weights)
