import { companyLabel } from '../i18n/names.ts';

/** The name of a company, in the language that it has for the reader. */
export function CompanyName({ name }: { readonly name: string }) {
  const label = companyLabel(name);
  return <span {...(label === name ? { lang: 'ja' } : {})}>{label}</span>;
}
