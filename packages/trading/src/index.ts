export { Account, type AccountKind } from './account/account.ts';
export { commissionTables } from './costs/commission.ts';
export { type CostModel, holdingCost, tradeCost, usualCosts, withoutCosts } from './costs/cost-model.ts';
export type { Bar, FillRules } from './fills/fill-rules.ts';
export { type Fill, type Liquidity, walkSession } from './fills/walk-session.ts';
export { ShortSaleRule } from './matching/short-sale-rule.ts';
export { type Order, oppositeOf, type Side, signOf } from './order.ts';
export { KillSwitch } from './risk/kill-switch.ts';
export { breachOf, type OrderInContext, type RiskLimits, withoutLimits } from './risk/risk-limits.ts';
