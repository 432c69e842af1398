import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { parseResult, routes, type Settings, settingsSchema, universeIn } from '@daytrade/contracts';
import { asDayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import {
  KabuStationClient,
  KabuStationRecorder,
  mostSymbols,
  recordedName,
  recordedText,
  type SymbolRecording,
} from '@daytrade/market-data';
import type { CommandContext, CommandDefinition, CommandGroup, CommandInput } from '../define-command.ts';
import { codesOption } from '../fetch-request.ts';
import { parseInput, wrongInput } from '../input.ts';
import { say, translated } from '../language/language.ts';
import { faultInWords, printNote } from '../output/terminal.ts';
import { type Connection, connect } from '../platform/connect.ts';
import { watchRun } from '../watch-run.ts';

const recordKabu: CommandDefinition = {
  usage: 'kabu',
  summary: 'record 5-minute bars of the running day from kabu STATION, until Ctrl-C',
  description: `Records the stream of prices of kabu STATION, the program of Mitsubishi UFJ eSmart Securities, as
5-minute bars, session after session, for forecasts within the day and for paper trading. It only reads prices: it has
no function that could send an order.

It runs on the Windows machine on which kabu STATION runs with its API switched on and somebody logged in. The password
of that API is in DAYTRADE_KABU_PASSWORD, or in the file of DAYTRADE_KABU_PASSWORD_FILE. The broker gives ${mostSymbols}
symbols at most, of all programs together. The clock of the machine must be right.

Bars go to the platform of this machine, or with --to to another one, over https with the token of DAYTRADE_TOKEN. Bars
that it does not take are sent again with the next ones.

A bar during which the stream was cut is not stored: it is listed with its reason by \`daytrade quarantine list --reason
gap\`. kabu STATION logs out before dawn; when somebody has logged in again, recording goes on.`,
  examples: [
    'daytrade record kabu --symbols 7203,6758,9984',
    'daytrade record kabu --symbols 7203,6758 --to https://day-trade.example',
  ],
  configure: (command) =>
    command
      .option('--symbols <codes>', 'codes with commas between them, as 7203,6758; default: those of DAYTRADE_UNIVERSE')
      .option('--to <address>', 'services that take the bars, as DAYTRADE_SERVICES names them; default: that, or here'),
  run: async (context, { options }) => {
    const { settings, terminal, signal } = context;
    const symbols = symbolsOf(options, settings);
    const pause = (milliseconds: number, ends?: AbortSignal) =>
      setTimeout(milliseconds, undefined, { signal: ends }).catch(() => undefined);
    const client = new KabuStationClient(settings, Date.now, { now: () => performance.now(), pause });
    const to = parseInput(settingsSchema.shape.DAYTRADE_SERVICES, options.to, '--to');
    // The token travels with the bars: each address is checked as that of a provider.
    for (const part of to?.split(',') ?? []) {
      parseInput(settingsSchema.shape.DAYTRADE_KABU_URL, part.replace(/^\w+=/, ''), '--to');
    }
    const connected = to === undefined ? context.connect() : connect({ ...settings, DAYTRADE_SERVICES: to }, 'record');
    const connection = await connected;
    // A wrong address or token shows now, not with the first bar.
    await connection.data.call(routes.sources, {});
    const waiting: SymbolRecording[] = [];
    const sendWaiting = async () => {
      const batch = [...waiting];
      if (batch.length > 0) await send(context, connection, batch);
      waiting.splice(0, batch.length);
    };
    let sending = Promise.resolve();
    const recorder = new KabuStationRecorder({
      client,
      symbols,
      now: Date.now,
      pause,
      onRecorded: (recorded) => {
        waiting.push(...recorded);
        sending = sending.then(sendWaiting).catch((error: unknown) => {
          printNote(terminal, say`bars wait to be sent: ${faultInWords(asDayTradeError(error))}`);
        });
      },
      onNote: (note) => printNote(terminal, translated(note)),
    });
    await recorder.run(signal);
    await sending;
    await sendWaiting();
  },
};

export const recordGroup: CommandGroup = {
  name: 'record',
  summary: "record bars of the running day from a broker's stream of prices",
  commands: [recordKabu],
};

function symbolsOf(options: CommandInput['options'], settings: Settings): readonly string[] {
  const universe = universeIn(settings.DAYTRADE_UNIVERSE);
  const codes = codesOption(options) ?? ('symbols' in universe ? universe.symbols : []);
  const symbols = [...new Set(codes.map((code) => parseSymbol(code)))];
  if (symbols.length > 0 && symbols.length <= mostSymbols) return symbols;
  const expected = `expected 1 to ${mostSymbols} codes, as 7203,6758, since the broker gives no more`;
  throw wrongInput('--symbols', `${expected}; got ${symbols.length}`, symbols.length);
}

/** Uploads bars and gaps, and waits until the data service has judged and stored them, also after Ctrl-C. */
async function send(
  { terminal }: CommandContext,
  { data, scheduler }: Connection,
  batch: readonly SymbolRecording[],
): Promise<void> {
  const bytes = Buffer.from(recordedText(batch));
  const part = hash('sha256', bytes);
  const files = [{ name: recordedName, bytes: bytes.length, parts: [part] }];
  const { id } = await data.call(routes.announceUpload, { body: { folder: 'kabu STATION', files } });
  await data.call(routes.sendPart, { params: { id, part }, bytes });
  const { run } = await data.call(routes.startFetch, { body: { provider: 'kabu-station', upload: id } });
  const watching = { terminal, signal: new AbortController().signal };
  const result = parseResult('fetch', await watchRun(watching, { scheduler }, run, 'record'));
  const bars = result.barsAdded + result.barsChanged;
  printNote(terminal, say`${bars} bars stored, ${result.rowsQuarantined} gaps marked`);
}
