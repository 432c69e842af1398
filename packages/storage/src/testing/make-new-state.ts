import { rename } from 'node:fs/promises';
import { makeState } from './new-state.ts';

// `node make-new-state.ts PATH`: a new state, which is there when it is complete.
const path = process.argv[2] as string;
await rename(await makeState(`${path}-unfinished`), path);
