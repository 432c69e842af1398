import type { RunProgress } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { ProgressLine, type ProgressStream } from './progress-line.ts';

class RecordedStream {
  written = '';
  readonly isTTY: boolean;
  readonly columns: number | undefined;

  constructor(columns?: number) {
    this.isTTY = columns !== undefined;
    this.columns = columns;
  }

  write(text: string): boolean {
    this.written += text;
    return true;
  }
}

const at = (fraction: number, remainingSeconds: number | null = null): RunProgress => ({
  stage: 'training',
  fraction,
  remainingSeconds,
  message: '3 of 9 trainings',
});

function lineOn(stream: RecordedStream) {
  let milliseconds = 0;
  const line = new ProgressLine(stream as unknown as ProgressStream, 'train', () => milliseconds);
  const wait = (seconds: number) => {
    milliseconds += seconds * 1000;
  };
  return { line, wait };
}

describe('in a terminal', () => {
  it('draws one line again and again, and erases it at the end', () => {
    const stream = new RecordedStream(200);
    const { line } = lineOn(stream);
    line.show(null, true);
    line.show(at(0.5, 65), false);
    line.end();
    expect(stream.written.split('\r\u001b[2K')).toEqual([
      '',
      'train  waiting',
      'train  ████████████░░░░░░░░░░░░  50 %  1 min 05 s left  training: 3 of 9 trainings',
      '',
    ]);
  });

  it('never wraps: a narrow terminal gets the start of the line', () => {
    const stream = new RecordedStream(30);
    const { line } = lineOn(stream);
    line.show(at(0.5, 65), false);
    expect(stream.written).toBe(`\r\u001b[2K${'train  ████████████░░░░░░░░░░'}`);
  });
});

describe('elsewhere', () => {
  it('writes a line at once and then every five seconds, without control characters', () => {
    const stream = new RecordedStream();
    const { line, wait } = lineOn(stream);
    line.show(null, true);
    line.show(at(0.25), false);
    wait(4);
    line.show(at(0.5, 4), false);
    wait(1);
    line.show(at(0.75, 2), false);
    line.end();
    expect(stream.written.split('\n')).toEqual([
      'train  ██████░░░░░░░░░░░░░░░░░░  25 %  training: 3 of 9 trainings',
      'train  ██████████████████░░░░░░  75 %  2.0 s left  training: 3 of 9 trainings',
      '',
    ]);
  });
});

describe('a progress line', () => {
  const progress = (fraction: number): RunProgress => ({
    stage: 'training',
    fraction,
    remainingSeconds: 0,
    message: null,
  });

  it.each([
    [0, 0, '  0 %'],
    [0.999, 23, ' 99 %'],
    [1, 24, '100 %'],
  ])('at %s has %i full cells and %s', (fraction, full, percent) => {
    const stream = new RecordedStream(200);
    lineOn(stream).line.show(progress(fraction), false);
    const bar = '█'.repeat(full) + '░'.repeat(24 - full);
    expect(stream.written).toBe(`\r\u001b[2Ktrain  ${bar} ${percent}  0.0 s left  training`);
  });

  it('is drawn again only where it has changed, and erased only where it was drawn', () => {
    const stream = new RecordedStream(200);
    const { line } = lineOn(stream);
    line.end();
    expect(stream.written).toBe('');
    line.show(null, false);
    line.show(null, false);
    expect(stream.written).toBe('\r\u001b[2Ktrain  starting');
    line.end();
    expect(stream.written).toBe('\r\u001b[2Ktrain  starting\r\u001b[2K');
  });

  it.each([
    [1, 20],
    [21, 20],
    [22, 21],
    [50, 49],
  ])('in a terminal of %i columns has at most %i', (columns, most) => {
    const stream = new RecordedStream(columns);
    lineOn(stream).line.show(progress(0.5), false);
    expect(stream.written.replace('\r\u001b[2K', '')).toHaveLength(most);
  });

  it('has room for 99 columns where their number is not known', () => {
    const stream = Object.assign(new RecordedStream(), { isTTY: true });
    const { line } = lineOn(stream as RecordedStream);
    line.show({ ...progress(0.5), message: 'x'.repeat(200) }, false);
    expect(stream.written.replace('\r\u001b[2K', '')).toHaveLength(99);
  });

  it('elsewhere is written after five seconds, not before, and never erased', () => {
    const stream = new RecordedStream();
    const { line, wait } = lineOn(stream);
    line.show(progress(0), false);
    wait(4.999);
    line.show(progress(0.25), false);
    wait(0.001);
    line.show(progress(0.5), false);
    line.end();
    expect(stream.written.match(/\d+ %/g)).toEqual(['0 %', '50 %']);
    expect(stream.written).not.toContain('\u001b');
  });
});
