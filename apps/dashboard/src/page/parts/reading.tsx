/** A figure with its name, within a `dl` of class `readout`. */
export function Reading({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
