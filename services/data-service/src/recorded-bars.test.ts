import { hash } from 'node:crypto';
import { uploadSchema } from '@daytrade/contracts';
import { recordedName, recordedText, type SymbolRecording } from '@daytrade/market-data';
import { afterAll, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const running = await startDataService('2025-06-02T09:20:06+09:00');
afterAll(() => running.close());

const at = (time: string) => Date.parse(`2025-06-02T${time}:00+09:00`);
const gap = (time: string, reason: string) => ({ begin: at(time), reason });

async function send(recorded: SymbolRecording) {
  const text = recordedText([recorded]);
  const part = hash('sha256', text);
  const files = [{ name: recordedName, bytes: Buffer.byteLength(text), parts: [part] }];
  const payload = { folder: 'kabu STATION', files };
  const announced = await running.service.inject({ method: 'POST', url: '/v1/uploads', payload });
  const { id } = uploadSchema.parse(announced.json());
  await running.put(`/v1/uploads/${id}/parts/${part}`, text);
  return await running.fetchBars({ provider: 'kabu-station', upload: id });
}

it('recorded bars are stored, and gaps are listed with their reason unless their bar is stored', async () => {
  const cut = 'the stream was cut at 09:07:12, for 3 s';
  const bar = { begin: at('09:00'), open: 100, high: 102, low: 99, close: 101, volume: 400 };
  expect(await send({ symbol: '7203', bars: [bar], gaps: [gap('09:05', cut)] })).toMatchObject({
    result: { provider: 'kabu-station', barsAdded: 1, intradayBars: 1, rowsQuarantined: 1 },
  });
  // Recording was begun again: it knows nothing of what it has sent before.
  const gaps = ['09:00', '09:10'].map((time) => gap(time, 'recording began at 09:12:00'));
  expect(await send({ symbol: '7203', bars: [], gaps })).toMatchObject({ status: 'succeeded' });
  expect((await running.get('/v1/bars/7203?interval=5m')).body).toMatchObject({
    priceBasis: 'traded',
    bars: [{ date: '2025-06-02T09:00:00+09:00', close: 101, volume: 400 }],
  });
  const { body } = await running.get('/v1/quarantine?symbol=7203&reason=gap');
  expect(body).toMatchObject({ total: 2, quarantine: [{ message: cut }, { date: '2025-06-02 09:10:00+09:00' }] });
});
