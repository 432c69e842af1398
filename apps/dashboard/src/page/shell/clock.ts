import { computed, signal } from '@preact/signals';
import { sessions } from '../api/services.ts';
import { addDays, japanTime } from '../model/japan-time.ts';

const instant = signal(Date.now());
window.setInterval(() => {
  if (document.visibilityState === 'visible') instant.value = Date.now();
}, 1000);

export const japanNow = computed(() => japanTime(instant.value));

/** The date in Japan, which changes once a day only. */
export const japanToday = computed(() => japanNow.value.date);

/** The exchange's days around today and its phase now, for the clock and the next session. */
export const exchange = computed(() => sessions(addDays(japanToday.value, -40), addDays(japanToday.value, 14)));
