import { computed, effect, signal } from '@preact/signals';

export const themeChoices = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const storageKey = 'daytrade.theme';
const systemPrefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(systemPrefersDark.matches);

/** The reader's choice; `auto` follows the system. */
export const themeChoice = signal<ThemeChoice>(storedChoice());

/** The theme on the screen. */
export const theme = computed<'light' | 'dark'>(() => {
  if (themeChoice.value !== 'auto') return themeChoice.value;
  return systemIsDark.value ? 'dark' : 'light';
});

/** Switches the theme and remembers it. */
export function chooseTheme(choice: ThemeChoice): void {
  themeChoice.value = choice;
  localStorage.setItem(storageKey, choice);
}

/** Keeps the document's theme in step with the choice and the system. */
export function followTheme(): void {
  systemPrefersDark.addEventListener('change', (event) => {
    systemIsDark.value = event.matches;
  });
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(storageKey);
  return themeChoices.find((choice) => choice === stored) ?? 'auto';
}
