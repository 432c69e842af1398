/** Japanese of what the services say in English: names of jobs, their steps, and reasons. */
export { jobsInJapanese, scheduleInJapanese, stageInJapanese, stagesInJapanese } from './jobs.ts';
export { paperReasonInJapanese } from './paper.ts';
export { closedReasonInJapanese, qualityMessageInJapanese } from './quality.ts';
export { scoreBasisInJapanese, selectionReasonInJapanese } from './selection.ts';
