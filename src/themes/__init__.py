"""Evidence from what people tell charities, on one machine."""

import os

# What runs the models reports its use to its maker from the moment it is imported. Nothing leaves this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
