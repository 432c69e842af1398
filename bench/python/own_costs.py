"""CPU time and peak memory of this process, measured inside it as harness/own-costs.ts does for ours."""

import resource
import time
from pathlib import Path


def cpu_timed(compute):
    """Result and CPU seconds of a computation, all threads of the process."""
    before = time.process_time()
    result = compute()
    return result, time.process_time() - before


def peak_megabytes():
    """Peak memory so far in 10^6 bytes, of this program alone where the system reports it (see own-costs.ts)."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
