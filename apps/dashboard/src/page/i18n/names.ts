import { language } from './language.ts';

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

/** Second parts of the names of demo companies. */
const businesses: Readonly<Record<string, string>> = {
  電機: 'Electric',
  電子工業: 'Electronics',
  半導体製作所: 'Semiconductors',
  自動車: 'Motors',
  車輛工業: 'Vehicles',
  発動機: 'Engines',
  製薬工業: 'Pharma',
  薬品: 'Medicines',
  創薬: 'Drug Discovery',
  中央銀行: 'Central Bank',
  信託銀行: 'Trust Bank',
  商業銀行: 'Commercial Bank',
  通信: 'Telecom',
  情報システム: 'Information Systems',
  ソフトウェア: 'Software',
  化学工業: 'Chemicals',
  合成樹脂: 'Plastics',
  塗料: 'Paints',
  食品: 'Foods',
  製菓: 'Confectionery',
  醸造: 'Brewery',
  重機械: 'Heavy Machinery',
  工作機械: 'Machine Tools',
  精機: 'Precision Machinery',
  百貨店: 'Department Stores',
  薬局: 'Pharmacies',
  家具販売: 'Furniture',
  商事: 'Trading',
  物産: 'Commodities',
  貿易: 'Foreign Trade',
  建設: 'Construction',
  土木: 'Civil Engineering',
  住宅建設: 'Housing',
  不動産: 'Real Estate',
  地所: 'Estates',
  都市開発: 'Urban Development',
  電鉄: 'Railway',
  急行電鉄: 'Express Railway',
  運輸: 'Transport',
  海運: 'Shipping',
  汽船: 'Steamship',
  内航: 'Coastal Shipping',
  生命保険: 'Life Insurance',
  損害保険: 'General Insurance',
  海上火災: 'Marine & Fire',
  製鉄: 'Steel',
  特殊鋼: 'Special Steel',
  鋼管: 'Steel Pipe',
  金属鉱業: 'Metal Mining',
  電線: 'Electric Wire',
  伸銅: 'Copper',
  電力: 'Electric Power',
  瓦斯: 'Gas',
  水力発電: 'Hydropower',
  光学: 'Optics',
  計測器: 'Instruments',
  時計: 'Watches',
  硝子: 'Glass',
  セメント: 'Cement',
  窯業: 'Ceramics',
  警備保障: 'Security',
  旅行: 'Travel',
  人材: 'Staffing',
  紡績: 'Spinning',
  繊維: 'Textiles',
  染色: 'Dyeing',
  ゴム工業: 'Rubber',
  タイヤ: 'Tires',
  ベルト: 'Belts',
  航空: 'Airlines',
  航空輸送: 'Air Transport',
  航空貨物: 'Air Cargo',
};

/** Parts between the two others, of some names. */
const epithets: Readonly<Record<string, string>> = {
  ひかり: 'Hikari',
  みなも: 'Minamo',
  そよかぜ: 'Soyokaze',
  あかつき: 'Akatsuki',
  ほしぞら: 'Hoshizora',
  わかば: 'Wakaba',
  しおさい: 'Shiosai',
  こだま: 'Kodama',
  ゆきわり: 'Yukiwari',
  はるか: 'Haruka',
  かざみ: 'Kazami',
  つきしろ: 'Tsukishiro',
};

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
