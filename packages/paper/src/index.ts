export { type Author, haltBook, releaseBook, startBook, stopBook } from './book-changes.ts';
export { bookState, fillsOf, type OwnFill, ordersOf } from './book-state.ts';
export type { Feed } from './feed.ts';
export { PaperBook } from './paper-book.ts';
export { PaperGateway } from './paper-gateway.ts';
export { changeBook, type PaperLog } from './paper-log.ts';
export { advance } from './paper-session.ts';
export type { SessionForecasts } from './session-data.ts';
