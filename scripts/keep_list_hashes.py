"""Keep the hash of every list of `src/themes/deidentify/lists/`: run it after a change to one."""

import sys
from pathlib import Path

from themes.deidentify.wording.listed import MANIFEST, manifest

if __name__ == "__main__":
    Path(str(MANIFEST)).write_text(manifest(), "utf-8")
    sys.stdout.write(f"{MANIFEST}\n")
