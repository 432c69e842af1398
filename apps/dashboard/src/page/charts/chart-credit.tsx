import { text } from '../i18n/language.ts';

/** Names the makers of the chart library, as its licence asks. */
export function ChartCredit() {
  return (
    <p class="credit">
      <a href="https://www.tradingview.com/" rel="noopener noreferrer" target="_blank">
        {text('app.charts')}
      </a>
    </p>
  );
}
