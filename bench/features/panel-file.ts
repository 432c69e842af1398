import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type NoisePanelOptions, noisePanel } from '@daytrade/series/testing';

/**
 * A panel in a file of 64-bit floats for the peers: days, then open, high, low, close and volume, each sessions x
 * symbols.
 */
export interface PanelFile {
  readonly path: string;
  readonly sessions: number;
  readonly symbols: number;
}

/** Writes the panel of noise of these options. */
export function writePanel(path: string, options: NoisePanelOptions): PanelFile {
  const { days, open, high, low, close, volume } = noisePanel(options);
  mkdirSync(dirname(path), { recursive: true });
  const columns = [Float64Array.from(days), open, high, low, close, volume];
  writeFileSync(path, Buffer.concat(columns.map((column) => new Uint8Array(column.buffer))));
  return { path, sessions: options.sessionCount, symbols: options.symbolCount };
}
