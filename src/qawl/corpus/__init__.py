"""Whole archives: the same reader over any number of articles, on an engine that runs on one machine or a cluster.

The engine and its cluster would tell their makers of each start; who reads an archive tells nobody.
"""

import os
from typing import Final

#: What has to stand in the environment of every process before the engine is imported there.
QUIET: Final = {"DAFT_ANALYTICS_ENABLED": "0", "RAY_USAGE_STATS_ENABLED": "0"}

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)
