import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { document, figures, html, pageSecurityPolicy, paragraph, section, table } from './html.ts';

describe('markup', () => {
  it('shows every character of a value, in elements and attributes, and lists joined', () => {
    const value = `<b>&"'`;
    expect(html`<p title="${value}">${[value, 1, html`<i>2</i>`]}</p>`.markup).toBe(
      '<p title="&lt;b&gt;&amp;&quot;&#39;">&lt;b&gt;&amp;&quot;&#39;1<i>2</i></p>',
    );
  });

  it('has no marks that change the direction of the text after them, nor control characters', () => {
    expect(html`${'a\u202eb\u0007c\n\td'}`.markup).toBe('a�b�c\n\td');
  });

  it('of a section and its paragraphs', () => {
    expect(section('day', 'A & B', paragraph('x'), paragraph('y', 'quiet')).markup).toBe(
      '<section id="day"><h2>A &amp; B</h2><p>x</p>\n<p class="quiet">y</p>\n</section>\n',
    );
  });
});

describe('a table', () => {
  const columns = [{ title: 'Name' }, ...figures('Width'), { title: 'Plot', kind: 'plot' as const }];

  it('has cards for a phone, whose cells but for plots have the title of their column', () => {
    expect(table(columns, [['a', { alert: 3 }, 'drawn']]).markup).toBe(
      '<table class="cards"><thead><tr><th>Name</th><th class="figure">Width</th><th class="plot">Plot</th></tr></thead>\n' +
        '<tbody><tr><th scope="row">a</th><td class="figure alert" data-label="Width">3</td>' +
        '<td class="plot">drawn</td></tr>\n</tbody></table>',
    );
  });

  it('has plain rows where that is asked for, and no head without a title', () => {
    expect(table([{ title: '' }, ...figures('')], [['a', 'b']], 'rows').markup).toBe(
      '<table><tbody><tr><th scope="row">a</th><td class="figure">b</td></tr>\n</tbody></table>',
    );
    expect(table([{ title: '' }, ...figures('b')], [], 'rows').markup).toContain('<thead><tr><th></th>');
  });
});

describe('a document', () => {
  const page = document('ja', '<title>', html`<p>main</p>`);

  it('names its language and title, fits a phone, and is no page for a search engine', () => {
    expect(page).toContain('<html lang="ja">');
    expect(page).toContain('<title>&lt;title&gt; · day-trade</title>');
    expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(page).toContain('<meta name="robots" content="noindex">');
    expect(page).toMatch(/<main>\n<p>main<\/p>\n<\/main>/);
  });

  it('allows its own style sheet alone, by the hash of what it holds, and no frame around it', () => {
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const own = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
    expect(page).toContain(own.replaceAll("'", '&#39;'));
    expect(pageSecurityPolicy).toBe(`${own}; frame-ancestors 'none'; sandbox`);
  });
});
