export { noiseDays } from './noise-days.ts';
export { crashFaults, differingFills, type Recorded, replay } from './replay.ts';
