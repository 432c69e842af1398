"""Runs the rules by backtesting.py and vectorbt, for their trades and equity or for the seconds; prints JSON."""

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
            }
            for name in argument["rules"]
        }
    elif argument["task"] == "backtesting-speed":
        found = backtesting_speed(frames, cash, shares, argument["times"])
    else:
        found = vectorbt_speed(frames, cash, shares, argument["pairs"], argument["times"])
    print(json.dumps(found))


main()
