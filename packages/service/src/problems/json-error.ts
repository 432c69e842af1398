/** Where a text stops being JSON (RFC 8259). Position counts from 0, line and column from 1. */
export interface JsonError {
  readonly position: number;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly got: string;
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Unexpected extends Error {
  readonly position: number;
  readonly expected: string;

  constructor(position: number, expected: string) {
    super(expected);
    this.position = position;
    this.expected = expected;
  }
}

/** Finds the first place that is not JSON; undefined when all of the text is. Nesting is followed without recursion. */
export function findJsonError(text: string): JsonError | undefined {
  try {
    scan(text);
    return undefined;
  } catch (error) {
    if (error instanceof Unexpected) return located(text, error);
    throw error;
  }
}

function located(text: string, { position, expected }: Unexpected): JsonError {
  const before = text.slice(0, position).split('\n');
  const got =
    position >= text.length ? 'the end' : JSON.stringify(String.fromCodePoint(text.codePointAt(position) as number));
  return { position, line: before.length, column: (before.at(-1) as string).length + 1, expected, got };
}

function scan(text: string): void {
  const open: ('{' | '[')[] = [];
  let at = skip(text, space, text.startsWith('\uFEFF') ? 1 : 0);
  let wantsValue = true;
  for (;;) {
    if (wantsValue) {
      const bracket = text[at];
      if (bracket === '{' || bracket === '[') {
        open.push(bracket);
        at = skip(text, space, at + 1);
        const empty = text[at] === (bracket === '{' ? '}' : ']');
        if (!empty && bracket === '{') at = key(text, at, 'a key in double quotes or "}"');
        wantsValue = !empty;
        continue;
      }
      at = skip(text, space, scalar(text, at));
    }
    const inside = open.at(-1);
    if (inside === undefined) {
      if (at < text.length) throw new Unexpected(at, 'the end');
      return;
    }
    if (text[at] === (inside === '{' ? '}' : ']')) {
      open.pop();
      at = skip(text, space, at + 1);
      wantsValue = false;
      continue;
    }
    if (text[at] !== ',') throw new Unexpected(at, `"," or "${inside === '{' ? '}' : ']'}"`);
    at = skip(text, space, at + 1);
    if (inside === '{') at = key(text, at, 'a key in double quotes');
    wantsValue = true;
  }
}

function skip(text: string, pattern: RegExp, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function scalar(text: string, at: number): number {
  if (text[at] === '"') return string(text, at);
  const end = Math.max(skip(text, number, at), skip(text, word, at));
  if (end === at) throw new Unexpected(at, 'a value');
  return end;
}

function string(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    if (at >= text.length) throw new Unexpected(at, 'a closing quote');
    const character = text[at] as string;
    if (character === '"') return at + 1;
    const end = character === '\\' ? skip(text, escapeSequence, at) : character < ' ' ? at : at + 1;
    if (end === at) throw new Unexpected(at, 'a character that may stand in a string');
    at = end;
  }
}

function key(text: string, at: number, expected: string): number {
  if (text[at] !== '"') throw new Unexpected(at, expected);
  const end = skip(text, space, string(text, at));
  if (text[end] !== ':') throw new Unexpected(end, '":"');
  return skip(text, space, end + 1);
}
