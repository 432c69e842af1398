import { language } from './language.ts';
import names from './names.en.json' with { type: 'json' };

type Names = Readonly<Record<string, string>>;
/** Words of the names of demo companies, and the 33 sectors of the exchange as it names them in English. */
const { businesses, epithets, sectors }: Readonly<Record<'businesses' | 'epithets' | 'sectors', Names>> = names;

const demoCompany = /^架空(\p{Script=Hiragana}*)(.+)$/u;

/** Returns the English name of a company of the synthetic exchange; undefined for any other. */
export function englishCompany(name: string): string | undefined {
  const [, epithet = '', business = ''] = demoCompany.exec(name) ?? [];
  const last = businesses[business];
  const middle = epithet === '' ? [] : epithets[epithet];
  return last === undefined || middle === undefined ? undefined : ['Fictional', middle, last].flat().join(' ');
}

/** Returns the name of a company, in English for a reader of English where it has one. */
export function companyLabel(name: string): string {
  return (language.value === 'en' ? englishCompany(name) : undefined) ?? name;
}

/** Returns the name of a sector, in English for a reader of English where it has one. */
export function sectorLabel(sector: string): string {
  return (language.value === 'en' ? sectors[sector] : undefined) ?? sector;
}
