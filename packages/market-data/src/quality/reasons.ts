/** Every reason of the quality gate, with what it means; the order is the order in which a row is judged. */
export const qualityReasons = {
  'fields-missing': 'The row has another number of fields than the header',
  'date-invalid': 'The date does not exist, or is written so that it can be another one',
  'date-out-of-range': 'The date is outside the exchange calendar',
  'not-a-number': 'A price or the volume is not a number',
  'price-not-positive': 'A price is zero or negative',
  'price-implausible': 'A price is above 1,000,000,000 yen, which no share of the exchange ever cost',
  'volume-negative': 'The volume is negative',
  'volume-implausible': 'The volume is not a whole number of shares, or is more than 1,000,000,000,000 of them',
  'high-below-low': 'The high is below the low',
  'open-outside-range': 'The open is not between low and high',
  'close-outside-range': 'The close is not between low and high',
  'closed-day': 'The exchange was closed on that day',
  'outside-session': 'The exchange was not trading at that time of the day',
  'not-over-yet': 'The session, or the 5-minute bar, had not ended when the row was read',
  placeholder: 'No volume and four equal prices: a row that a data vendor filled in, not a trade',
  'date-duplicate': 'An earlier row of the file has the same date',
  'limit-exceeded': 'The price lies beyond the daily price limit around the close before',
  'sessions-missing': 'More than five sessions are missing before the row',
} as const;

/** A code in `reason` of a quarantine entry. */
export type QualityReason = keyof typeof qualityReasons;
