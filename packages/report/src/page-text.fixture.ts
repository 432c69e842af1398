/** Returns the visible text of a piece of a page, with one space between words. */
export function visibleText(markup: string): string {
  return markup
    .replaceAll(/<svg.*?<\/svg>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Returns the markup of the section with an id; empty where the page has none. */
export function sectionMarkup(page: string, id: string): string {
  return new RegExp(`<section id="${id}">.*?</section>`, 's').exec(page)?.[0] ?? '';
}

/** Returns the rows of the table in a section, header included. A cell that is marked as an alert begins with `! `. */
export function tableRows(page: string, id: string): readonly (readonly string[])[] {
  const rows = sectionMarkup(page, id).match(/<tr>.*?<\/tr>/gs) ?? [];
  return rows.map((row) =>
    [...row.matchAll(/<t[hd]([^>]*)>(.*?)<\/t[hd]>/gs)].map(
      ([, attributes = '', content = '']) => (attributes.includes('alert') ? '! ' : '') + visibleText(content),
    ),
  );
}
