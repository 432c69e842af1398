import { englishCompany, englishSector } from '../model/english-names.ts';
import { language } from './language.ts';

/** The name of a company, in English for a reader of English where it has one. */
export function companyLabel(name: string): string {
  return (language.value === 'en' ? englishCompany(name) : undefined) ?? name;
}

/** The name of a sector, in English for a reader of English where it has one. */
export function sectorLabel(sector: string): string {
  return (language.value === 'en' ? englishSector(sector) : undefined) ?? sector;
}
