export { type Content, Html, html } from './html.ts';
export { withinPageOf } from './security-policy.ts';
