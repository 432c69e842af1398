import { describe, expect, it } from 'vitest';
import { predict } from '../../model.ts';
import { deserialiseModel } from '../../model-file/deserialise-model.ts';
import { serialiseModel } from '../../model-file/serialise-model.ts';
import { importedModels, importedRows } from '../imported-models.ts';

describe.each(importedModels())('$file', ({ model, peer }) => {
  const rows = importedRows(model.names);
  const furthest = (ours: Float64Array, theirs: readonly number[]) =>
    Math.max(...ours.map((value, row) => Math.abs(value - theirs[row]!)));

  it('predicts what its library predicts, within 1e-6, also where values are missing', () => {
    expect(peer.prediction).toHaveLength(rows.rows);
    expect(furthest(predict(model, rows), peer.prediction)).toBeLessThan(1e-6);
    expect(furthest(predict(model, rows, { scale: 'link' }), peer.raw)).toBeLessThan(1e-6);
  });

  it('keeps its predictions in our own file', () => {
    expect(predict(deserialiseModel(serialiseModel(model)), rows)).toEqual(predict(model, rows));
  });

  it('knows which columns matter: the signal is in the first ones', () => {
    const [first, second] = model.importance;
    expect(first! + second!).toBeGreaterThan(Math.max(...model.importance.subarray(5)));
  });
});
