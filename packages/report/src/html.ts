import { createHash } from 'node:crypto';
import type { ReportLanguage } from '@daytrade/contracts';
import { styleSheet } from './style-sheet.ts';

/** Markup that needs no escaping. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** Content of a template: text is escaped, lists are joined. */
export type Content = Html | string | number | readonly Content[];

/**
 * Returns markup with values in it. Every value that is not markup itself is escaped, within elements and within
 * attributes in double quotes, so that a name such as `<script>` is shown and never read as markup.
 *
 * @example html`<td title="${name}">${name}</td>`
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(markupOf)));
}

function markupOf(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content));
  return content.map(markupOf).join('');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  // Marks that change the direction of text would change how the text after them is read.
  return text
    .replaceAll(/[&<>"']/g, (character) => references[character] ?? '')
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '�');
}

/** Policy within a page: its style sheet, known by its hash, and nothing else. */
const ownPolicy =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'; ` +
  "base-uri 'none'; form-action 'none'";

/** Security policy with which a service sends a page: no script, picture, form or address, and no frame around it. */
export const pageSecurityPolicy = `${ownPolicy}; frame-ancestors 'none'; sandbox`;

/** Returns a whole document that needs no other file, so that it also opens from disk. */
export function document(language: ReportLanguage, title: string, main: Content): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ownPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · day-trade</title>
<style>${new Html(styleSheet)}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`.markup;
}

interface Column {
  readonly title: string;
  readonly kind?: 'figure' | 'plot';
}

/** A cell; `alert` marks a value to look at. */
type Cell = Content | { readonly alert: Content };

export function figures(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title, kind: 'figure' }));
}

/**
 * Returns a table whose first column names the rows.
 *
 * @param layout `cards` shows each row as a card on a phone
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  layout: 'cards' | 'rows' = 'cards',
): Html {
  const classOf = (...names: readonly (string | undefined)[]) => {
    const given = names.filter((name) => name !== undefined);
    return given.length > 0 ? html` class="${given.join(' ')}"` : '';
  };
  const cell = (given: Cell, { title, kind }: Column): Html => {
    const isAlert = typeof given === 'object' && 'alert' in given;
    const label = layout === 'cards' && kind !== 'plot' ? html` data-label="${title}"` : '';
    return html`<td${classOf(kind, isAlert ? 'alert' : undefined)}${label}>${isAlert ? given.alert : given}</td>`;
  };
  const row = ([name = '', ...cells]: readonly Cell[]): Html =>
    html`<tr><th scope="row">${name as Content}</th>${cells.map((given, i) => cell(given, columns[i + 1]!))}</tr>\n`;
  const head = columns.some(({ title }) => title !== '')
    ? html`<thead><tr>${columns.map(({ title, kind }) => html`<th${classOf(kind)}>${title}</th>`)}</tr></thead>\n`
    : '';
  return html`<table${layout === 'cards' ? html` class="cards"` : ''}>${head}<tbody>${rows.map(row)}</tbody></table>`;
}

export function section(id: string, title: string, ...content: readonly Content[]): Html {
  return html`<section id="${id}"><h2>${title}</h2>${content}</section>\n`;
}

/** Returns a paragraph; `quiet` for a note. */
export function paragraph(text: Content, kind?: 'quiet'): Html {
  return kind === undefined ? html`<p>${text}</p>\n` : html`<p class="quiet">${text}</p>\n`;
}
