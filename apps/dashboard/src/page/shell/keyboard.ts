import { hashOf, viewNames } from './route.ts';

/** Digits switch views, `/` goes to the filter of the view; both only while nothing is being typed. */
export function followKeyboard(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const view = viewNames[Number(event.key) - 1];
    if (view !== undefined) {
      location.hash = hashOf(view);
      return;
    }
    const filter = document.querySelector<HTMLInputElement>('input[type="search"]');
    if (event.key !== '/' || filter === null) return;
    event.preventDefault();
    filter.focus();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.matches('input, select, textarea') || target.closest('dialog') !== null)
  );
}
