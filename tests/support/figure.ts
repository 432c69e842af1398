/** Prints a measured figure; the lines of all suites are found by `grep '^figure:'`. */
export function figure(name: string, value: number | string, unit = ''): void {
  const shown = typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(4) : String(value);
  console.log(`figure: ${name} ${shown}${unit === '' ? '' : ` ${unit}`}`);
}
