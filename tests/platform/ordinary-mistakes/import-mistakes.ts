import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { barHeader } from '../made-bars.ts';
import { importing, type Mistake, type Place, typed, write } from './mistake.ts';

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
  importing('a share of another exchange', 'AAPL.csv', good, [/AAPL\.csv/, /7203/]),
  importing('the name of a company', 'トヨタ.csv', good, [/トヨタ\.csv/, /7203/]),
  holding('a list of symbols with another header', [/symbols\.csv/, /symbol,name,group,sector/], (folder) => {
    write(join(folder, '6758.csv'), good);
    write(join(folder, 'symbols.csv'), 'ticker,name\n6758,Sony\n');
  }),
  holding('two files of one symbol', [/7203\.csv/, /7203\.T\.csv/], (folder) => {
    write(join(folder, '7203.csv'), good);
    write(join(folder, '7203.T.csv'), good.replace('2510', '2515'));
  }),
  holding('a folder of folders', [/daily/], (folder) => write(join(folder, 'daily', '7203.csv'), good)),
  holding('a folder with the name of a file', [/7203\.csv/], (folder) => mkdirSync(join(folder, '7203.csv'))),
  holding('a link to itself', [/7203\.csv/], (folder) => symlinkSync('7203.csv', join(folder, '7203.csv'))),
  {
    ...holding('a pipe that nobody writes to', [/7203\.csv/, /pipe|regular file/], (folder) =>
      execFileSync('mkfifo', [join(folder, '7203.csv')]),
    ),
    ownProcess: true,
  },
  {
    ...holding('a device without an end', [/7203\.csv/, /device|regular file/], (folder) =>
      symlinkSync('/dev/zero', join(folder, '7203.csv')),
    ),
    ownProcess: true,
  },
  typed('a folder that is not there', 'import FOLDER/bras', [/bras/]),
  typed('no folder', 'import', [/folder/]),
  typed('two folders', 'import FOLDER FOLDER', [/too many arguments/]),
  {
    ...importing('a price basis that there is none of', '7203.csv', good, [
      /--basis/,
      /traded/,
      /split-adjusted/,
      /fully-adjusted/,
    ]),
    command: 'import FOLDER --basis adjusted',
  },
  {
    ...importing(
      'adjusted prices beside traded ones',
      '7203.csv',
      'date,open,high,low,close,volume,adjclose\n2026-01-05,2500,2520,2490,2510,1,1255\n',
      [/7203/, /fully-adjusted/, /traded/],
    ),
    command: 'import FOLDER --basis fully-adjusted',
  },
];

/** An import of a folder with something odd in it. */
function holding(name: string, says: readonly RegExp[], fill: (folder: string) => unknown): Mistake {
  const prepare = ({ folder }: Place) => {
    mkdirSync(folder, { recursive: true });
    fill(folder);
  };
  return { ...typed(name, 'import FOLDER', says), prepare };
}
