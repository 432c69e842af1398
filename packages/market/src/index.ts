export * from './trade-date.ts';
