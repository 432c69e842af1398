import { delimiter } from 'node:path';
import { programFolders } from './programs.ts';

// Helm and its companions, wherever they are on this machine, are found by name from here on.
process.env.PATH = [...programFolders(), process.env.PATH].join(delimiter);
