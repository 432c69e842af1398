import { type Settings, universeIn } from '@daytrade/contracts';
import { firstFetchMinutes, jquantsPlans } from '@daytrade/market-data';

const sizes = { topix500: 500, topix100: 100 } as const;

type Plan = Settings['DAYTRADE_JQUANTS_PLAN'];

/** What a plan of J-Quants gives, in words. */
export function planWords(plan: Plan): string {
  const { requestsPerMinute, delayDays, historyYears } = jquantsPlans[plan];
  const newest =
    delayDays === 0
      ? 'the bars of a day from 16:30 in Japan'
      : `bars that are ${delayDays / 7} weeks old at least, so that every forecast is for a session that is over`;
  return `The ${plan} plan gives ${newest}, ${historyYears} years back, with ${requestsPerMinute} requests a minute.`;
}

/** How long the limit makes the first fetch last; later ones ask for the missing days alone. */
export function firstFetchWords(plan: Plan, universe: string): string {
  const asked = universeIn(universe);
  const symbols = 'universe' in asked ? sizes[asked.universe] : asked.symbols.length;
  const minutes = firstFetchMinutes(jquantsPlans[plan], symbols);
  const time = minutes === 1 ? 'a minute' : `about ${minutes} minutes`;
  return `${symbols} ${symbols === 1 ? 'symbol' : 'symbols'}, ${time} the first time`;
}
