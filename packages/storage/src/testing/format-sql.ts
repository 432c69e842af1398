/** Clauses that begin a line of a query. */
const clause =
  /^(?:select|from|(?:left|inner) join|where|group by|order by|limit|offset|values|set|on conflict|returning|output|using|when (?:not )?matched)\b/;
const widest = 116;

/**
 * A statement as people read it: a clause a line, subqueries further in. Only for reading: a text in quotes may be
 * wrapped.
 */
export function formatSql(written: string): string {
  const statement = written.replaceAll(/\s*\n\s*/g, ' ').replace(/;$/, '');
  const lines: string[] = [];
  /** For each bracket that is open, whether it holds a query. */
  const brackets: boolean[] = [];
  let line = '';
  const endLine = () => {
    if (line.trim() !== '') lines.push(...wrap(line.trim(), '  '.repeat(brackets.filter(Boolean).length)));
    line = '';
  };
  for (let at = 0; at < statement.length; at += 1) {
    const rest = statement.slice(at);
    const character = statement[at]!;
    if (character === '(') {
      const isQuery = /^\(\s*(?:select|with)\b/.test(rest);
      line += character;
      if (isQuery) endLine();
      brackets.push(isQuery);
      continue;
    }
    if (character === ')') {
      const isQuery = brackets.at(-1) === true;
      if (isQuery) endLine();
      brackets.pop();
      line += character;
      continue;
    }
    const startsWord = at === 0 || /[\s(]/.test(statement[at - 1]!);
    if (startsWord && brackets.at(-1) !== false && clause.test(rest) && !/(?:^delete|distinct) $/.test(line)) endLine();
    line += character;
  }
  endLine();
  return lines.join('\n');
}

function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > widest) {
      lines.push(line);
      line = `${indent}  `;
    }
    line = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}
