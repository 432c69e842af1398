/** A piece of a page: text that is markup already. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: text is escaped, lists are joined. */
export type Content = Html | string | number | readonly Content[];

/**
 * Markup with values in it. Every value that is not markup itself is escaped, within elements and within attributes in
 * double quotes alike, so that a name such as `<script>` is shown and never read as markup.
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
  // Marks that turn the direction of text would change how what follows is read.
  return text
    .replaceAll(/[&<>"']/g, (character) => references[character] ?? '')
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '�');
}
