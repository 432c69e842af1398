import demoCompanies from './demo-companies.en.json' with { type: 'json' };
import { language } from './language.ts';

const demo: Readonly<Record<'businesses' | 'epithets', Readonly<Record<string, string>>>> = demoCompanies;

/** The 33 sectors of the exchange, as it names them in English. */
const sectors: Readonly<Record<string, string>> = {
  '水産・農林業': 'Fishery, Agriculture & Forestry',
  鉱業: 'Mining',
  建設業: 'Construction',
  食料品: 'Foods',
  繊維製品: 'Textiles & Apparels',
  'パルプ・紙': 'Pulp & Paper',
  化学: 'Chemicals',
  医薬品: 'Pharmaceutical',
  '石油・石炭製品': 'Oil & Coal Products',
  ゴム製品: 'Rubber Products',
  'ガラス・土石製品': 'Glass & Ceramics Products',
  鉄鋼: 'Iron & Steel',
  非鉄金属: 'Nonferrous Metals',
  金属製品: 'Metal Products',
  機械: 'Machinery',
  電気機器: 'Electric Appliances',
  輸送用機器: 'Transportation Equipment',
  精密機器: 'Precision Instruments',
  その他製品: 'Other Products',
  '電気・ガス業': 'Electric Power & Gas',
  陸運業: 'Land Transportation',
  海運業: 'Marine Transportation',
  空運業: 'Air Transportation',
  '倉庫・運輸関連業': 'Warehousing & Harbor Transportation',
  '情報・通信業': 'Information & Communication',
  卸売業: 'Wholesale Trade',
  小売業: 'Retail Trade',
  銀行業: 'Banks',
  '証券、商品先物取引業': 'Securities & Commodity Futures',
  保険業: 'Insurance',
  その他金融業: 'Other Financing Business',
  不動産業: 'Real Estate',
  サービス業: 'Services',
};

const demoCompany = /^架空(\p{Script=Hiragana}*)(.+)$/u;

/** Returns the English name of a company of the synthetic exchange; undefined for any other. */
export function englishCompany(name: string): string | undefined {
  const [, epithet = '', business = ''] = demoCompany.exec(name) ?? [];
  const last = demo.businesses[business];
  const middle = epithet === '' ? [] : demo.epithets[epithet];
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
