import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { barHeader } from '../made-bars.ts';
import { importing, type Mistake, write } from './mistake.ts';

const row = '2026-01-05,2500,2520,2490,2510,1000000';
const good = `${barHeader}\n${row}\n`;
const withRow = (text: string) => `${barHeader}\n${text}\n`;

/** Files of other programs, other countries and other days, and folders that hold something else. */
export const importMistakes: readonly Mistake[] = [
  importing('dates with the day first', '7203.csv', withRow('05/01/2026,2500,2520,2490,2510,1000000'), [
    /05\/01\/2026/,
    /2026-01-05 \(day first\) or 2026-05-01 \(month first\)/,
  ]),
  importing('dates with two digits of the year', '7203.csv', withRow('26/01/05,2500,2520,2490,2510,1000000'), [
    /26\/01\/05/,
    /YYYY-MM-DD/,
  ]),
  importing(
    'a time without an offset where the day depends on it',
    '7203.csv',
    withRow('2026-01-05 15:00:00,1,1,1,1,1'),
    [/2026-01-05 \(time of Japan\) or 2026-01-06 \(UTC\)/],
  ),
  importing('a Japanese header without a volume', '7203.csv', `日付,始値,高値,安値,終値\n${row}\n`, [/日付/, /volume/]),
  importing(
    'a comma in a number between semicolons',
    '7203.csv',
    '日付;始値;高値;安値;終値;出来高\n2026-01-05;1,010;1;1;1;1\n',
    [/1010 or 1\.010/],
  ),
  importing('no header', '7203.csv', `${row}\n`, [/2026-01-05,2500/, /date,open,high,low,close/]),
  importing('EUC-JP', '7203.csv', Buffer.from([0xc6, 0xfc, 0xc9, 0xd5, 0x0a, 0x31, 0x0a]), [/7203\.csv/, /UTF-8/]),
  importing('UTF-16', '7203.csv', Buffer.from(good, 'utf16le'), [/7203\.csv/, /UTF-(8|16)/]),
  importing('a compressed file that was cut off', '7203.csv.gz', gzipSync(good).subarray(0, 40), [
    /7203\.csv\.gz/,
    /damaged or was cut off/,
  ]),
  importing('a workbook under the name of a CSV', '7203.csv', Buffer.from('504b030414000600', 'hex'), [/workbook/]),
  importing('a picture under the name of a CSV', '7203.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), [
    /7203\.csv/,
    /binary|UTF-8/,
  ]),
  importing('a page of an error', '7203.csv', '<!doctype html>\n<h1>403 Forbidden</h1>\n', [
    /<!doctype html>/,
    /date,open,high,low,close/,
  ]),
  importing('JSON', '7203.csv', '{"data":[{"Date":"2026-01-05"}]}\n', [/date,open,high,low,close/]),
  importing('an empty file', '7203.csv', '', [/7203\.csv.*empty/]),
  importing('a header alone', '7203.csv', `${barHeader}\n`, [/7203\.csv/, /row/]),
  importing('thousands without quotes', '7203.csv', withRow('2026-01-05,2,500,2,520,2,490,2,510,1,000,000'), [
    /expected 6 fields/,
  ]),
  importing('digits of full width', '7203.csv', withRow('2026-01-05,２５００,２５２０,２４９０,２５１０,1000000'), [
    /２５００/,
    /number/,
  ]),
  importing('a yen sign', '7203.csv', withRow('2026-01-05,¥2500,¥2520,¥2490,¥2510,1000000'), [/¥2500/, /number/]),
  importing('high and low exchanged', '7203.csv', withRow('2026-01-05,2500,2490,2520,2510,1000000'), [/high/, /low/]),
  importing('New Year', '7203.csv', withRow('2026-01-01,2500,2520,2490,2510,1000000'), [/2026-01-01/, /closed/]),
  importing('a day of the future', '7203.csv', withRow('2030-03-01,2500,2520,2490,2510,1000000'), [/2030-03-01/]),
  importing('half a share', '7203.csv', withRow('2026-01-05,2500,2520,2490,2510,1.5'), [/volume/, /1\.5/, /whole/]),
  importing('more shares than there are', '7203.csv', withRow('2026-01-05,2500,2520,2490,2510,1e23'), [
    /volume/,
    /1e\+23/,
  ]),
  importing('a share of another exchange', 'AAPL.csv', good, [/AAPL\.csv/, /7203/]),
  importing('the name of a company', 'トヨタ.csv', good, [/トヨタ\.csv/, /7203/]),
  {
    name: 'a list of symbols with another header',
    command: 'import FOLDER',
    prepare: ({ folder }) => {
      write(join(folder, '6758.csv'), good);
      write(join(folder, 'symbols.csv'), 'ticker,name\n6758,Sony\n');
    },
    exit: 'badInput',
    says: [/symbols\.csv/, /symbol,name,group,sector/],
  },
  {
    name: 'two files of one symbol',
    command: 'import FOLDER',
    prepare: ({ folder }) => {
      write(join(folder, '7203.csv'), good);
      write(join(folder, '7203.T.csv'), good.replace('2510', '2515'));
    },
    exit: 'badInput',
    says: [/7203\.csv/, /7203\.T\.csv/],
  },
  {
    name: 'a folder of folders',
    command: 'import FOLDER',
    prepare: ({ folder }) => write(join(folder, 'daily', '7203.csv'), good),
    exit: 'badInput',
    says: [/daily/],
  },
  {
    name: 'a folder with the name of a file',
    command: 'import FOLDER',
    prepare: ({ folder }) => void mkdirSync(join(folder, '7203.csv'), { recursive: true }),
    exit: 'badInput',
    says: [/7203\.csv/],
  },
  {
    name: 'a link to itself',
    command: 'import FOLDER',
    ownProcess: true,
    prepare: ({ folder }) => {
      mkdirSync(folder, { recursive: true });
      symlinkSync('7203.csv', join(folder, '7203.csv'));
    },
    exit: 'badInput',
    says: [/7203\.csv/],
  },
  {
    name: 'a pipe that nobody writes to',
    command: 'import FOLDER',
    ownProcess: true,
    prepare: ({ folder }) => {
      mkdirSync(folder, { recursive: true });
      execFileSync('mkfifo', [join(folder, '7203.csv')]);
    },
    exit: 'badInput',
    says: [/7203\.csv/, /pipe|regular file/],
  },
  {
    name: 'a device without an end',
    command: 'import FOLDER',
    ownProcess: true,
    prepare: ({ folder }) => {
      mkdirSync(folder, { recursive: true });
      symlinkSync('/dev/zero', join(folder, '7203.csv'));
    },
    exit: 'badInput',
    says: [/7203\.csv/, /device|regular file/],
  },
  { name: 'a folder that is not there', command: 'import FOLDER/bras', exit: 'badInput', says: [/bras/] },
  { name: 'no folder', command: 'import', exit: 'badInput', says: [/folder/] },
  { name: 'two folders', command: 'import FOLDER FOLDER', exit: 'badInput', says: [/too many arguments/] },
  {
    name: 'a price basis that there is none of',
    command: 'import FOLDER --basis adjusted',
    prepare: ({ folder }) => write(join(folder, '7203.csv'), good),
    exit: 'badInput',
    says: [/--basis/, /traded/, /split-adjusted/, /fully-adjusted/],
  },
  {
    name: 'adjusted prices beside traded ones',
    command: 'import FOLDER --basis fully-adjusted',
    prepare: ({ folder }) =>
      write(
        join(folder, '7203.csv'),
        'date,open,high,low,close,volume,adjclose\n2026-01-05,2500,2520,2490,2510,1,1255\n',
      ),
    exit: 'badInput',
    says: [/7203/, /fully-adjusted/, /traded/],
  },
];
