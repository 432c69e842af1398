import { expect, it } from 'vitest';
import { openBarEngine, putBars } from './bar-engine.ts';
import { unknownOrigins } from './bar-origins.ts';
import { columnsOfLength } from './columns.ts';

it('keeps nothing of the bars that were in its table before', async () => {
  const engine = await openBarEngine();
  const { connection, instance } = engine;
  for (let file = 0; file < 5; file += 1) {
    await putBars(engine, { columns: columnsOfLength(200), origins: unknownOrigins(200) });
  }
  const segments = "pragma_storage_info('bars') WHERE column_name = 'axis' AND segment_type <> 'VALIDITY'";
  const kept = await (await connection.run(`SELECT sum(count)::DOUBLE FROM ${segments}`)).getRows();
  expect(kept).toEqual([[200]]);
  connection.closeSync();
  instance.closeSync();
});
