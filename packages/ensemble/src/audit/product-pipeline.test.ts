import { predict, trainRidge } from '@daytrade/learners';
import { describe, expect, it } from 'vitest';
import { productPipeline } from './product-pipeline.ts';

describe('the forecasts of the product that are audited', () => {
  it('are those of a ridge on the newest 20,000 labelled rows', () => {
    const height = 20_010;
    const values = Float32Array.from({ length: height }, (_, row) => Math.sin(row * row));
    const matrix = { names: ['wave'], rows: height, values };
    const label = Float64Array.from(values, (value, row) => (row === 20_003 ? NaN : row < 8 ? 1e6 : 2 * value));
    const training = Int32Array.from({ length: 20_008 }, (_, row) => row);
    const judged = Int32Array.of(20_008, 20_009);
    const rows = training.slice(7).filter((row) => row !== 20_003);
    const expected = predict(trainRidge({ l2: 1 }, { matrix, target: label, rows }), matrix, { rows: judged });
    expect(rows).toHaveLength(20_000);
    expect(productPipeline().forecast(matrix, label, training, judged)).toEqual(expected);
  });
});
