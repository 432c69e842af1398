// Our side: one service with one validated route that predicts a row. `node ours.ts '{"model": path}'` prints its port
// as JSON.
import { readFileSync } from 'node:fs';
import { deserialiseModel, predict } from '@daytrade/learners';
import { createLogger, createService, listen } from '@daytrade/service';
import { z } from 'zod';

const { model: path } = JSON.parse(process.argv[2] ?? '') as { readonly model: string };
const model = deserialiseModel(new Uint8Array(readFileSync(path)));

const rowSchema = z.object({ values: z.array(z.number().nullable()).length(model.names.length) });
const predictionSchema = z.object({ prediction: z.number() });

const service = await createService({
  name: 'bench-service',
  description: 'Predicts one row',
  version: '0.0.0',
  logger: createLogger({ level: 'warn' }),
});
service.post(
  '/v1/predictions',
  { schema: { body: rowSchema, response: { 200: predictionSchema } } },
  async (request) => ({
    prediction: predict(model, {
      names: model.names,
      rows: 1,
      values: Float64Array.from(request.body.values, (value) => value ?? Number.NaN),
    })[0]!,
  }),
);
const { port } = await listen(service, { host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ port }));

process.on('SIGTERM', () => {
  service.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
