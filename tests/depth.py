"""How far tests go that could go on for ever: as far as every run can afford, or much further.

The latter with HYPOTHESIS_PROFILE=deep, as `make deep` has it: where a rule or the engine changed.
"""

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")


def depth(usual: int, deep: int) -> int:
    return deep if PROFILE == "deep" else usual
