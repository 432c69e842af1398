/** A share in percent: 0.9312 is `93.1 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A price in yen with thousands separators; one decimal only where there is one. */
export function yen(value: number): string {
  const minimumFractionDigits = Number.isInteger(value) ? 0 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits, maximumFractionDigits: 1 });
}
