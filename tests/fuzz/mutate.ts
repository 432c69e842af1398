/** Texts at which readers of files stumble. */
const oddTexts = [
  ',',
  '"',
  '\n',
  '\0',
  '\ufeff',
  '1e999',
  'NaN',
  '１０１０',
  '2026-02-30',
  '../../x',
  '99999999999999999999',
  '\u001b[2J',
  'PAR1',
  '{',
].map((text) => new TextEncoder().encode(text));

/** Bytes that differ from some others in one to four places, by the numbers of a source of random ones in [0, 1). */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  let changed = bytes;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) {
    changed = changes[Math.floor(random() * changes.length)]!(changed, random);
  }
  return changed;
}

type Change = (bytes: Uint8Array, random: () => number) => Uint8Array;

const longestSlice = 2_000;

const changes: readonly Change[] = [
  function flipBit(bytes, random) {
    const changed = bytes.slice();
    if (changed.length > 0) changed[place(changed, random)]! ^= 1 << Math.floor(random() * 8);
    return changed;
  },
  function overwrite(bytes, random) {
    const changed = bytes.slice();
    const start = place(changed, random);
    for (let at = start; at < Math.min(start + 8, changed.length); at += 1) changed[at] = Math.floor(random() * 256);
    return changed;
  },
  function cutOff(bytes, random) {
    return bytes.slice(0, place(bytes, random));
  },
  function leaveOut(bytes, random) {
    const start = place(bytes, random);
    return joined(bytes.subarray(0, start), bytes.subarray(start + Math.floor(random() * longestSlice)));
  },
  function repeat(bytes, random) {
    const start = place(bytes, random);
    const end = start + Math.floor(random() * longestSlice);
    return joined(bytes.subarray(0, end), bytes.subarray(start));
  },
  function insertOddText(bytes, random) {
    const at = place(bytes, random);
    const text = oddTexts[Math.floor(random() * oddTexts.length)]!;
    return joined(bytes.subarray(0, at), text, bytes.subarray(at + (random() < 0.5 ? text.length : 0)));
  },
];

function place(bytes: Uint8Array, random: () => number): number {
  return Math.floor(random() * bytes.length);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
