export { differencesOnRandomBooks } from './differences.ts';
