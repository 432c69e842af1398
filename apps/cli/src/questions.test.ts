import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { CommandContext } from './define-command.ts';
import { Questions } from './questions.ts';

/** A person at a terminal, or a pipe, who types when asked. */
function person({ isTTY = false, signal = new AbortController().signal } = {}) {
  const shown: string[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  const stderr = { isTTY, write: (text: string) => shown.push(text) > 0 };
  const questions = new Questions({
    terminal: { stdout: stderr, stderr } as unknown as CommandContext['terminal'],
    stdin: () => stdin as unknown as NodeJS.ReadStream,
    signal,
  });
  return { questions, shown: () => shown.join(''), type: (text: string) => stdin.write(text), end: () => stdin.end() };
}

it('asks until there is an answer, and takes an empty one for the proposal', async () => {
  const { questions, shown, type } = person();
  type('\n  \n yes it is \n\n');
  expect(await questions.ask('Which')).toBe('yes it is');
  expect(await questions.ask('Which', 'that one')).toBe('that one');
  expect(shown()).toBe('Which: Which: Which: Which [that one]: ');
});

it.each([
  ['y', false, true],
  ['YES', false, true],
  ['n', true, false],
  ['No', true, false],
  ['', true, true],
  ['', false, false],
])('takes %j where %s is usual for %s', async (answer, isUsual, expected) => {
  const { questions, shown, type } = person();
  type(`perhaps\n${answer}\n`);
  expect(await questions.confirm('Really?', isUsual)).toBe(expected);
  expect(shown()).toBe(`Really? [${isUsual ? 'yes' : 'no'}]: `.repeat(2));
});

it('shows in a terminal what is typed, but no secret', async () => {
  const { questions, shown, type } = person({ isTTY: true });
  const first = questions.ask('Name');
  type('day-trade\n');
  expect(await first).toBe('day-trade');
  const secret = questions.askSecret('Key');
  type('nobody-may-see\n');
  expect(await secret).toBe('nobody-may-see');
  const last = questions.ask('Place');
  type('Tokyo\n');
  expect(await last).toBe('Tokyo');
  expect(shown()).toContain('day-trade');
  expect(shown()).toContain('Tokyo');
  expect(shown()).not.toContain('nobody');
  expect(shown()).toContain('Key: \nPlace: ');
  questions[Symbol.dispose]();
});

it('gives an empty secret where nothing was typed', async () => {
  const { questions, type } = person();
  type('\n');
  expect(await questions.askSecret('Key')).toBe('');
});

it('says at which question the input ended', async () => {
  const { questions, end } = person();
  end();
  await expect(questions.ask('Which', 'one')).rejects.toMatchObject({
    code: 'input.invalid',
    message:
      'standard input ended at the question "Which [one]"; answer it by an option of the command (--help), or ' +
      'with --yes',
  });
});

it('is stopped by Ctrl-C, and nothing was changed', async () => {
  const interrupt = new AbortController();
  const { questions } = person({ signal: interrupt.signal });
  const asked = questions.ask('Which');
  interrupt.abort();
  await expect(asked).rejects.toMatchObject({
    code: 'run.cancelled',
    message: 'stopped at a question; nothing was changed',
  });
});
