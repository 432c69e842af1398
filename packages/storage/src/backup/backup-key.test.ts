import { expect, it } from 'vitest';
import { mayOthersRead } from './backup-key.ts';

it.each([
  ['its owner alone', 0o100600, 1_000, 1_000, false],
  ['its owner alone, which is root', 0o100400, 0, 0, false],
  ['the group of its owner', 0o100640, 1_000, 1_000, true],
  ['the group of root, whose process it is', 0o100640, 0, 0, true],
  ['the group of the process, where root mounted it', 0o100440, 0, 1_000, false],
  ['everybody, where root mounted it', 0o100444, 0, 1_000, true],
  ['everybody', 0o100604, 1_000, 1_000, true],
  ['the group, where somebody else than root owns it', 0o100640, 1, 1_000, true],
])(
  'a key file that is read by %s (mode %o, owner %i, process %i) may be read by others: %s',
  (_, mode, uid, own, open) => {
    expect(mayOthersRead({ mode, uid }, own)).toBe(open);
  },
);
