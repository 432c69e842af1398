import { delimiter, join } from 'node:path';
import { packedPrograms } from '../support/packed-programs.ts';
import { cache } from './programs.ts';

// Helm and its companions, wherever they are on this machine, are found by name from here on.
process.env.PATH = [packedPrograms(join(cache, 'bin')), process.env.PATH].join(delimiter);
