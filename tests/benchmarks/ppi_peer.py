"""PPI++ of samples in a file, in a process of its own: `python ppi_peer.py ASKED.npz`. Prints low and high as JSON.

Needs ppi-python and numpy alone: it is installed apart from ours.
"""

import json
import sys

import numpy as np


def main() -> None:
    from ppi_py import ppi_mean_ci

    asked = np.load(sys.argv[1])
    truth, predicted, weights = asked["truth"], asked["predicted"], asked["weights"]
    told = []
    for drawn in asked["samples"]:
        # Its weights are meant to have a mean of 1.
        weighed = weights[drawn] / weights[drawn].mean()
        ends = [
            ppi_mean_ci(truth[drawn, k], predicted[drawn, k], predicted[~drawn, k], alpha=0.05, w=weighed)
            for k in range(truth.shape[1])
        ]
        told.append(np.array(ends).reshape(truth.shape[1], 2).T)
    print(json.dumps(np.array(told).transpose(1, 0, 2).tolist()))


if __name__ == "__main__":
    main()
