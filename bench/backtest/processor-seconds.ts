/**
 * The fewest seconds of the processor that some work takes in several runs, all threads of this process added: what
 * else the machine does at the same time is not in them.
 */
export function processorSeconds(work: () => void, times: number): number {
  let fewest = Infinity;
  for (let i = 0; i < times; i += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    fewest = Math.min(fewest, (user + system) / 1e6);
  }
  return fewest;
}
