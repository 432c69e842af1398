import { signal } from '@preact/signals';

const storageKey = 'daytrade.keys';

/** False for a reader who has turned the keys of single characters off, for example to dictate. */
export const hasCharacterKeys = signal(localStorage.getItem(storageKey) !== 'off');

/** Turns the keys of single characters on or off, and remembers it. */
export function chooseCharacterKeys(chosen: boolean): void {
  hasCharacterKeys.value = chosen;
  localStorage.setItem(storageKey, chosen ? 'on' : 'off');
}

/** Elements that use keys themselves: fields, dialogs, and places that scroll. */
const withOwnKeys = 'input, select, textarea, dialog, [tabindex="0"]';

/**
 * Lets a key act on the element that has its name in `aria-keyshortcuts`: a field gets the focus, a button or a link is
 * clicked. A digit is the first one of a code, which the search field takes.
 */
export function followKeys(): void {
  window.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (target instanceof Element && target.closest(withOwnKeys) !== null) return;
    const isCharacter = key.length === 1;
    if (isCharacter && !hasCharacterKeys.value) return;
    const isDigit = /^\d$/.test(key);
    const name = isDigit ? '/' : key === '+' ? 'Plus' : key;
    const owner = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(name)}"]`);
    if (owner === null) return;
    // A digit goes on into the field that now has the focus.
    if (!isDigit) event.preventDefault();
    if (owner instanceof HTMLInputElement) owner.select();
    else owner.click();
  });
}
