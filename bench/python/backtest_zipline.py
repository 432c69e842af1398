"""Runs the rules by zipline on the sessions of the Tokyo exchange; prints the equity at the end of each as JSON."""

import json
import os
import sys
import tempfile
import warnings

os.environ["ZIPLINE_ROOT"] = tempfile.mkdtemp()

import numpy as np

np.NINF = -np.inf  # empyrical, which measures zipline's runs, asks for the name that numpy 2 no longer has

import pandas as pd
from backtest_rules import load, traded
from zipline import run_algorithm
from zipline.api import get_datetime, order, set_commission, set_slippage, symbol
from zipline.data import bundles
from zipline.finance import commission, slippage
from zipline.utils.calendar_utils import get_calendar

warnings.filterwarnings("ignore")


class AtOpen(slippage.SlippageModel):
    """Fills all of an order at the open of the bar after it was made; zipline's own models fill at the close."""

    def process_order(self, data, order):
        return data.current(order.asset, "open"), order.open_amount


def on_calendar(frame, sessions):
    """The bars of each session, without volume where there was none; zipline counts volume in 32 bits."""
    bars = frame.rename(columns=str.lower).reindex(sessions)
    bars["volume"] = bars["volume"].clip(upper=4e9).fillna(0)
    return bars.ffill()


def register(frames, sessions):
    def ingest(environ, assets, minute_bars, daily_bars, adjustments, calendar, start, end, cache, progress, output):
        names = [f"S{i}" for i in range(len(frames))]
        assets.write(equities=pd.DataFrame({
            "symbol": names, "asset_name": names, "exchange": "TSE",
            "start_date": sessions[0], "end_date": sessions[-1], "auto_close_date": sessions[-1] + pd.Timedelta(days=1),
        }), exchanges=pd.DataFrame([{"exchange": "TSE", "canonical_name": "TSE", "country_code": "JP"}]))
        daily_bars.write((i, on_calendar(frame, sessions)) for i, frame in enumerate(frames))
        adjustments.write()

    bundles.register("bars", ingest, calendar_name="XTKS", start_session=sessions[0], end_session=sessions[-1])
    bundles.ingest("bars")


def run(frames, name, cash, shares, sessions):
    """The equity at the end as if each symbol had an account of its own, by the trades of one run of all."""
    orders = {}
    for i, frame in enumerate(frames):
        for day, size in zip(frame.index, traded(name, frame, shares)):
            if size != 0:
                # Zipline fills what was ordered at the bar before: each trade is ordered a session early.
                orders.setdefault(sessions[sessions.get_loc(day) - 1], []).append((i, int(size)))

    def initialize(context):
        set_slippage(us_equities=AtOpen())
        set_commission(us_equities=commission.PerShare(cost=0, min_trade_cost=0))
        context.stocks = [symbol(f"S{i}") for i in range(len(frames))]

    def handle_data(context, data):
        for i, size in orders.get(get_datetime().tz_convert(None).normalize(), []):
            order(context.stocks[i], size)

    result = run_algorithm(
        start=sessions[0], end=sessions[-1], initialize=initialize, handle_data=handle_data, capital_base=cash,
        bundle="bars", trading_calendar=get_calendar("XTKS"), data_frequency="daily",
        benchmark_returns=pd.Series(0.0, index=sessions),
    )
    equity = [cash] * len(frames)
    for trade in (trade for day in result["transactions"] for trade in day):
        i = int(trade["sid"].symbol[1:])
        equity[i] += trade["amount"] * (frames[i]["Close"].iloc[-1] - trade["price"])
    whole = cash + sum(own - cash for own in equity)
    assert abs(result["portfolio_value"].iloc[-1] / whole - 1) < 1e-9, "its trades are not its equity"
    return [float(own) for own in equity]


def main():
    argument = json.loads(sys.argv[1])
    frames = load(argument["file"])
    days = [day for frame in frames for day in (frame.index[0], frame.index[-1])]
    sessions = get_calendar("XTKS").sessions_in_range(min(days), max(days))
    register(frames, sessions)
    print(json.dumps({
        name: run(frames, name, argument["cash"], argument["shares"], sessions) for name in argument["rules"]
    }))


main()
