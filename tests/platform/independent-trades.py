"""Trades of always-long, gap-fade and strongest-year, by other code than the backtest: pandas and plain loops.

Reads a file with bars, writes trades, fills and daily equity as JSON. The account has its usual costs, without
commission. Usage: trades.py BARS.json, where BARS.json has days, codes, open, high, low, close, volume, dividends (rows
of sessions; null without a bar), traded (prices as they were traded) and tables of ticks by symbol, splits (row,
ratio), strategy, entry, most, invested, first, cash, account, maxSessionLoss (which ends all trading).
"""

import json
import math
import sys

import numpy as np
import pandas as pd

LOT = 100
PARTICIPATION = 0.01
# Yearly rates of long and short positions, order value without a first day of them, penalty for a night.
ACCOUNTS = {"day-margin": (0.018, 0.018, 1_000_000, 3_575), "margin": (0.028, 0.0115, math.inf, 0)}

# Upper end of a price range, tick.
TICKS = {
    "standard": [(3e3, 1), (5e3, 5), (3e4, 10), (5e4, 50), (3e5, 100), (5e5, 500), (3e6, 1e3), (5e6, 5e3), (3e7, 1e4)],
    "topix500": [(1e3, 0.1), (3e3, 0.5), (1e4, 1), (3e4, 5), (5e4, 10), (1e5, 10), (3e5, 50), (1e6, 100), (3e6, 500)],
}
# Base price below which a daily limit holds, and its width.
LIMITS = [
    (100, 30), (200, 50), (500, 80), (700, 100), (1_000, 150), (1_500, 300), (2_000, 400), (3_000, 500), (5_000, 700),
    (7_000, 1_000), (10_000, 1_500), (15_000, 3_000), (20_000, 4_000), (30_000, 5_000), (50_000, 7_000),
    (70_000, 10_000), (100_000, 15_000), (150_000, 30_000), (200_000, 40_000), (300_000, 50_000),
]


def tick(price, table):
    return next(size for bound, size in TICKS[table] if price <= bound)


def on_grid(price, table, rounding):
    """Rounds a price by math.floor or math.ceil."""
    step = tick(price, table)
    away = 1e-6 if rounding is math.floor else -1e-6
    return round(rounding(price / step + away) * step, 1)


def main():
    with open(sys.argv[1]) as file:
        given = json.load(file)
    days = pd.to_datetime(given["days"])
    bars = {
        name: pd.DataFrame(given[name], index=days, columns=given["codes"], dtype=float)
        for name in ("open", "high", "low", "close", "volume")
    }
    print(json.dumps(simulate(given, days, bars)))


def simulate(given, days, bars):
    codes, traded, tables = given["codes"], given["traded"], given["tables"]
    long_rate, short_rate, free_from, penalty = ACCOUNTS[given["account"]]
    is_day = given["account"] == "day-margin"
    year = bars["close"] / bars["close"].shift(250)
    halted = False
    opens, closes, volumes = (bars[name].to_numpy() for name in ("open", "close", "volume"))
    moves = np.log(bars["close"]).diff()
    # Known before a session, so shifted by one.
    deviation = moves.rolling(20).std(ddof=0).shift(1).to_numpy()
    usual_volume = bars["volume"].rolling(20).mean().shift(1).to_numpy()
    cash, position, mark, lots = float(given["cash"]), {}, {}, {}
    trades, fills, equity = [], [], []

    def limits(t, s):
        base = closes[t - 1, s]
        if not traded[s] or math.isnan(base):
            return -math.inf, math.inf
        width = next(size for bound, size in LIMITS if base < bound)
        low, high = max(1, base - width), base + width
        return on_grid(low, tables[s], math.floor), on_grid(high, tables[s], math.ceil)

    def largest(t, s):
        return LOT * math.floor(PARTICIPATION * volumes[t, s] / LOT)

    def book(t, s, shares, price):
        """Shares are negative for a sale."""
        nonlocal cash
        held = position.get(s, 0)
        opened = abs(shares) if held * shares >= 0 else max(0, abs(shares) - abs(held))
        cash -= shares * price
        impact = deviation[t, s] * math.sqrt(abs(shares) / usual_volume[t, s]) * abs(shares) * price
        cash -= 0 if math.isnan(impact) else impact
        value = opened * price
        cash -= value * (long_rate if shares > 0 else short_rate) / 365 if value < free_from else 0
        fills.append([codes[s], "buy" if shares > 0 else "sell", int(abs(shares)), day(t), price])
        position[s] = held + shares
        if position[s] == 0:
            del position[s]
        mark[s] = price
        own, left = lots.setdefault(s, []), shares
        while left != 0 and own and own[0][1] * left < 0:
            begun, of_lot, entry = own[0]
            part = min(abs(left), abs(of_lot))
            side = "long" if of_lot > 0 else "short"
            trades.append([codes[s], side, int(part), day(begun), day(t), entry, price])
            left += part if of_lot > 0 else -part
            own[0][1] -= part if of_lot > 0 else -part
            if own[0][1] == 0:
                own.pop(0)
        if left != 0:
            own.append([t, left, price])

    def day(t):
        return days[t].strftime("%Y-%m-%d")

    def worth():
        return cash + sum(shares * mark[s] for s, shares in position.items())

    for t in range(given["first"], len(days)):
        nights = (days[t] - days[t - 1]).days
        for row, ratio in given["splits"]:
            at, s = divmod(row, len(codes))
            if at == t and s in position:
                position[s] = round(position[s] * ratio)
                mark[s] /= ratio
                for lot in lots[s]:
                    lot[1:] = round(lot[1] * ratio), lot[2] / ratio
        for s, shares in position.items():
            value = shares * mark[s]
            cash += shares * given["dividends"][t][s] if "dividends" in given else 0
            cash -= abs(value) * (long_rate if value > 0 else short_rate) * nights / 365 + penalty
        orders = [(s, -shares, None, False) for s, shares in position.items()] if is_day else []
        if not halted and given["strategy"] == "strongest-year":
            orders += by_year(given, year.iloc[t - 1], closes[t - 1], worth(), position)
        elif not halted:
            orders += decide(given, closes[t - 1], usual_volume[t], deviation[t], worth(), lambda s: limits(t, s))
        closing = []
        for s, shares, limit, closes_again in orders:
            price = opens[t, s]
            if not price > 0:
                continue
            low, high = limits(t, s)
            if price >= high if shares > 0 else price <= low:
                continue
            if limit is not None and not is_through(price, limit, shares, traded[s], tables[s]):
                continue
            size = min(abs(shares), largest(t, s))
            if size > 0:
                book(t, s, int(math.copysign(size, shares)), price)
                if closes_again:
                    closing.append((s, -int(math.copysign(size, shares))))
        for s, shares in closing:
            price, (low, high) = closes[t, s], limits(t, s)
            if not (price >= high if shares > 0 else price <= low):
                book(t, s, shares, price)
        # What is left is closed by the broker.
        for s, shares in list(position.items()) if is_day else []:
            price, (low, high) = closes[t, s], limits(t, s)
            if not price > 0 or (price >= high if shares < 0 else price <= low):
                continue
            size = min(abs(shares), largest(t, s))
            if size > 0:
                book(t, s, -int(math.copysign(size, shares)), price)
        for s in position:
            if closes[t, s] > 0:
                mark[s] = closes[t, s]
        halted = halted or (equity[-1] if equity else given["cash"]) - worth() >= given["maxSessionLoss"]
        equity.append(worth())
    return {"trades": trades, "fills": fills, "equity": equity}


def is_through(price, limit, shares, traded, table):
    """An order is filled beyond its limit by a tick."""
    step = tick(limit + (0.1 if shares < 0 and traded else 0), table)
    return price <= (limit - step) * (1 + 1e-9) if shares > 0 else price >= (limit + step) * (1 - 1e-9)


def decide(given, close, volume, deviation, equity, limits):
    """Orders as (symbol, shares, limit, closed again at the close)."""
    turnover = pd.Series(close * volume)
    chosen = turnover[turnover > 0].sort_values(ascending=False, kind="stable").index[: given["most"]]
    each = equity * given["invested"] / (len(chosen) if given["strategy"] == "always-long" else given["most"])
    orders = []
    for s in chosen:
        shares = math.floor(each / (close[s] * LOT)) * LOT
        if shares == 0:
            continue
        if given["strategy"] == "always-long":
            orders.append((s, shares, None, True))
            continue
        away = given["entry"] * deviation[s]
        if not away > 0:
            continue
        low, high = limits(s)
        buy, sell = (min(high, max(low, close[s] * math.exp(sign * away))) for sign in (-1, 1))
        if given["traded"][s]:
            buy = on_grid(buy, given["tables"][s], math.floor)
            sell = on_grid(sell, given["tables"][s], math.ceil)
        orders += [(s, shares, buy, True), (s, -shares, sell, True)]
    return orders


def by_year(given, year, close, equity, position):
    """Orders for the largest rises of 250 sessions, and short ones for the smallest."""
    ranked = pd.Series(year.to_numpy()).dropna().sort_values(ascending=False, kind="stable").index
    most, orders = given["most"], []
    for place, s in enumerate(ranked):
        shares = LOT * math.floor(equity * given["invested"] / (2 * most) / (close[s] * LOT))
        wanted = shares if place < most else -shares if place >= len(ranked) - most else 0
        held = position.get(s, 0)
        if wanted != held and wanted * held <= 0:
            orders.append((s, wanted - held, None, False))
    return orders


main()
