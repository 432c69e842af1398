"""Import of bars and update of a day by a peer: `python scale.py '<task as JSON>'` prints what it took and kept as JSON.

The import reads a folder of CSV files, one a symbol, judges each row as the platform does, and writes one parquet file sorted by symbol and
date. The update reads that file and one CSV file of a day of all symbols, judges the rows of the day against the closes before, and writes
the file anew.

Processor seconds are those of the whole process from its start, as those of the platform's command are.
"""

import importlib
import json
import sys
import time

from own_costs import peak_megabytes

task = json.loads(sys.argv[1])
peer = importlib.import_module(f"scale_{task['library']}")
rows, kept = {"import": peer.import_bars, "update": peer.update}[task["kind"]](task)
print(json.dumps({"cpuSeconds": time.process_time(), "peakMegabytes": peak_megabytes(), "rows": rows, "kept": kept}))
