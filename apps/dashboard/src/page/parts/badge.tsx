export type Tone = 'good' | 'bad' | 'warn' | 'live' | 'plain';

/** A short state in words, with a dot so that colour is not the only sign. */
export function Badge({ tone, label }: { readonly tone: Tone; readonly label: string }) {
  return <span class={`badge ${tone}`}>{label}</span>;
}
