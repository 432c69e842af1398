/**
 * How many seconds pass while a processor works for one: 1 on a quiet machine, more beside other suites. The control
 * of a time that was measured in the same minutes.
 */
export function slowdown(): number {
  const started = performance.now();
  const before = process.cpuUsage();
  let worked = 0;
  let sum = 0;
  while (worked < 1) {
    for (let n = 0; n < 1e6; n += 1) sum += Math.sqrt(n);
    const { user, system } = process.cpuUsage(before);
    worked = (user + system) / 1e6;
  }
  return sum > 0 ? Math.max(1, (performance.now() - started) / 1_000 / worked) : Number.NaN;
}
