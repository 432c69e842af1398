import { parseSymbol } from '@daytrade/market';
import { openStores } from './open-stores.ts';
import { sampleModel, samplePrediction, sampleRun } from './testing/sample-records.ts';

// A process for open-stores.test.ts: registers and promotes models, publishes predictions and writes runs down until it
// is killed. Prints how many rounds the database had when it began, and each round when it is committed.

const stores = await openStores({ folder: process.argv[2]!, purpose: 'write-forever', now: Date.now });
const before = (await stores.models.list()).length;
process.stdout.write(`open ${before}\n`);

for (let round = before + 1; ; round++) {
  const artifact = new Uint8Array(200_000).fill(round % 256);
  const { version } = await stores.models.register(sampleModel({ seed: round }), artifact);
  await stores.models.promote(version, 'automatic', '2026-11-24T07:00:00.000Z');
  await stores.predictions.save([
    samplePrediction({ modelVersion: version }),
    samplePrediction({ symbol: parseSymbol('0102'), modelVersion: version }),
  ]);
  await stores.runs.create(sampleRun({ id: version, key: version }));
  process.stdout.write(`round ${round}\n`);
}
