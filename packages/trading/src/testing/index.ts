export { noiseData, usualSettings } from './noise-data.ts';
