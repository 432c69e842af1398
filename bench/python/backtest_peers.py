"""Runs the rules by backtesting.py, vectorbt and bt, for their trades and equity or for the seconds; prints JSON."""

import json
import os
import sys
import time
import warnings

import numpy as np
import pandas as pd

from backtest_rules import load, traded, wanted

warnings.filterwarnings("ignore")
os.environ["TQDM_DISABLE"] = "1"


def backtesting_rule(name, shares):
    from backtesting import Strategy

    class Rule(Strategy):
        def init(self):
            self.held = self.I(lambda: wanted(name, self.data.df), plot=False)

        def next(self):
            if self.held[-1] and not self.position:
                self.buy(size=shares)
            elif not self.held[-1] and self.position:
                self.position.close()

    return Rule


def by_backtesting(frames, name, cash, shares):
    from backtesting import Backtest

    rule = backtesting_rule(name, shares)
    result = []
    for frame in frames:
        stats = Backtest(frame, rule, cash=cash, commission=0, trade_on_close=False, finalize_trades=False).run()
        trades = [
            [int(t.EntryBar), int(t.ExitBar), float(t.EntryPrice), float(t.ExitPrice)]
            for t in stats._trades.itertuples()
        ]
        result.append({"trades": trades, "equity": [float(value) for value in stats._equity_curve["Equity"]]})
    return result


def by_vectorbt(frames, name, cash, shares):
    import vectorbt as vbt

    result = []
    for frame in frames:
        size = traded(name, frame, shares)
        portfolio = vbt.Portfolio.from_orders(frame["Close"], size=size, price=frame["Open"], init_cash=cash, freq="1D")
        result.append([float(value) for value in portfolio.value()])
    return result


def by_bt(frames, name, cash, shares):
    """
    The equity at the end as if each symbol had an account of its own, by the trades of one run of all. bt knows one
    price a row, so each session is two of them: its open, then its close.
    """
    import bt

    names = [f"S{i}" for i in range(len(frames))]
    columns, sizes = {}, {}
    for symbol, frame in zip(names, frames):
        opens, closes = frame.index + pd.Timedelta(hours=9), frame.index + pd.Timedelta(hours=15)
        columns[symbol] = pd.concat([
            pd.Series(frame["Open"].to_numpy(), index=opens), pd.Series(frame["Close"].to_numpy(), index=closes)
        ])
        for day, size in zip(opens, traded(name, frame, shares)):
            if size != 0:
                sizes.setdefault(day, []).append((symbol, size))

    class Trade(bt.Algo):
        def __call__(self, target):
            for symbol, size in sizes.get(target.now, []):
                target.transact(size, child=symbol)
            return True

    prices = pd.DataFrame(columns).sort_index().ffill()
    strategy = bt.Strategy("rule", [Trade()], children=names)
    backtest = bt.Backtest(strategy, prices, initial_capital=cash, commissions=lambda q, p: 0, progress_bar=False)
    bt.run(backtest)
    equity = {symbol: cash for symbol in names}
    for (_, symbol), trade in backtest.strategy.get_transactions().iterrows():
        equity[symbol] += trade["quantity"] * (prices[symbol].iloc[-1] - trade["price"])
    whole = cash + sum(own - cash for own in equity.values())
    assert abs(backtest.strategy.value / whole - 1) < 1e-9, "its trades are not its equity"
    return [float(equity[symbol]) for symbol in names]


def fastest(run, times):
    """The fewest seconds of the processor in several runs, the first of which compiles what is compiled."""
    run()
    found = []
    for _ in range(times):
        started = time.process_time()
        run()
        found.append(time.process_time() - started)
    return min(found)


def backtesting_speed(frames, cash, shares, times):
    from backtesting import Backtest

    rule = backtesting_rule("cross", shares)

    def run():
        for frame in frames:
            Backtest(frame, rule, cash=cash, commission=0, trade_on_close=False, finalize_trades=False).run()

    return {"seconds": fastest(run, times), "bars": sum(len(frame) for frame in frames)}


def vectorbt_speed(frames, cash, shares, pairs, times):
    """Pairs of moving averages on all symbols, from closes to the Sharpe ratio of each."""
    import vectorbt as vbt

    length = min(len(frame) for frame in frames)

    def column(name):
        return pd.concat(
            [frame[name].iloc[-length:].reset_index(drop=True) for frame in frames], axis=1, keys=range(len(frames))
        )

    close, price = column("Close"), np.tile(column("Open").shift(-1).to_numpy(), (1, len(pairs)))
    closes = np.tile(close.to_numpy(), (1, len(pairs)))

    def run():
        fast = vbt.MA.run(close, window=[fast for fast, _ in pairs], short_name="fast")
        slow = vbt.MA.run(close, window=[slow for _, slow in pairs], short_name="slow")
        entries, exits = fast.ma_crossed_above(slow), fast.ma_crossed_below(slow)
        portfolio = vbt.Portfolio.from_signals(
            closes, entries.to_numpy(), exits.to_numpy(), price=price, size=shares, init_cash=cash, freq="1D"
        )
        return portfolio.sharpe_ratio()

    return {"seconds": fastest(run, times), "bars": length * len(frames) * len(pairs)}


def main():
    argument = json.loads(sys.argv[1])
    frames = load(argument["file"])
    cash, shares = argument["cash"], argument["shares"]
    if argument["task"] == "equality":
        found = {
            name: {
                "backtesting": by_backtesting(frames, name, cash, shares),
                "vectorbt": by_vectorbt(frames, name, cash, shares),
                "bt": by_bt(frames, name, cash, shares),
            }
            for name in argument["rules"]
        }
    elif argument["task"] == "backtesting-speed":
        found = backtesting_speed(frames, cash, shares, argument["times"])
    else:
        found = vectorbt_speed(frames, cash, shares, argument["pairs"], argument["times"])
    print(json.dumps(found))


main()
