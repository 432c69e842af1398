/**
 * Text for a person from the result of any job: a line a field, nested fields indented.
 *
 * @example resultLines({ barsAdded: 3, failed: [] }) // 'bars added: 3\nfailed: none'
 */
export function resultLines(value: object, indent = ''): string {
  return Object.entries(value)
    .map(([name, field]) => `${indent}${wordsOf(name)}:${fieldText(field, `${indent}  `)}`)
    .join('\n');
}

/** Words of a name in camel case. */
function wordsOf(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function fieldText(field: unknown, indent: string): string {
  if (Array.isArray(field)) {
    if (field.length === 0) return ' none';
    if (field.every((item) => typeof item !== 'object')) return ` ${field.join(', ')}`;
    return field.map((item) => `\n${indent}- ${resultLines(item as object, `${indent}  `).trimStart()}`).join('');
  }
  if (typeof field === 'object' && field !== null) return `\n${resultLines(field, indent)}`;
  if (typeof field === 'boolean') return field ? ' yes' : ' no';
  return typeof field === 'number' || typeof field === 'string' ? ` ${field}` : ' none';
}
