"""Expected values of the features, computed with pandas, numpy and exchange_calendars on a seeded random walk.

    python -m venv venv && venv/bin/pip install pandas exchange_calendars
    venv/bin/python packages/series/oracles/features.py

writes features.golden.json beside this file. Whole columns at once, by other formulas and other code than the package, which goes
bar by bar.
"""

import json
from pathlib import Path

import exchange_calendars
import numpy as np
import pandas as pd

np.seterr(divide="ignore")

SYMBOLS = 4
SESSIONS = 330
ROWS = [*range(30, 330, 60), 251, 288, 310, 327, 328, 329]

calendar = exchange_calendars.get_calendar("XTKS", start="2021-12-01", end="2024-03-29")
sessions = calendar.sessions_in_range("2022-01-04", "2024-02-29")
days = sessions[:SESSIONS]


def random_walk():
    """Bars of each symbol; the third misses some, the fourth has bars without volume."""
    rng = np.random.default_rng(487)
    market = rng.normal(0, 0.01, SESSIONS)
    symbols = []
    for number in range(SYMBOLS):
        scale = np.exp(np.cumsum(rng.normal(0, 0.08, SESSIONS)).clip(-1, 1))
        close = 2000 * np.exp(np.cumsum(market + scale * rng.normal(0, 0.012, SESSIONS)))
        opened = np.roll(close, 1) * np.exp(rng.normal(0, 0.005, SESSIONS))
        high = np.maximum(opened, close) * np.exp(np.abs(rng.normal(0, 0.005, SESSIONS)))
        low = np.minimum(opened, close) * np.exp(-np.abs(rng.normal(0, 0.005, SESSIONS)))
        opened[0] = low[0] = close[0]
        volume = np.exp(rng.normal(11, 0.5, SESSIONS)).round() * 100
        bars = pd.DataFrame({"open": opened, "high": high, "low": low, "close": close}, index=days).round(1)
        bars["volume"] = volume
        if number == 2:
            bars[rng.random(SESSIONS) < 0.04] = np.nan
        if number == 3:
            bars.loc[rng.random(SESSIONS) < 0.06, "volume"] = 0.0
        symbols.append(bars)
    return symbols


def finite(series):
    return series.replace([np.inf, -np.inf], np.nan)


def over(series, function):
    """A rolling function over the values that there are; where one is not, the result of before holds."""
    return function(finite(series).dropna()).reindex(series.index).ffill()


def ewm(series, decay, minimum=None):
    minimum = round(1 / (1 - decay)) if minimum is None else minimum
    return over(series, lambda s: s.ewm(alpha=1 - decay, adjust=True, min_periods=minimum).mean())


def rolled(series, size, name):
    return over(series, lambda s: getattr(s.rolling(size), name)())


def own_features(bars):
    o, h, l, c, v = (bars[name] for name in ["open", "high", "low", "close", "volume"])
    r = np.log(c).diff()
    f = {f"return_{n}": np.log(c).diff(n) for n in [1, 2, 3, 5, 10, 20, 60, 120]}
    f["overnight_gap"] = np.log(o / c.shift())
    f["intraday_return"] = np.log(c / o)
    f["close_location"] = (c - l) / (h - l)
    for n in [5, 10, 20, 50, 100]:
        f[f"moving_average_distance_{n}"] = np.log(c / c.rolling(n).mean())
    gain, loss = ewm(c.diff().clip(lower=0), 13 / 14), ewm((-c.diff()).clip(lower=0), 13 / 14)
    f["rsi_14"] = 100 - 100 / (1 + gain / loss)
    ew94 = ewm(r**2, 0.94)
    macd = np.log(c).ewm(span=12, min_periods=12).mean() - np.log(c).ewm(span=26, min_periods=26).mean()
    f["macd_histogram"] = (macd - macd.dropna().ewm(span=9, min_periods=9).mean().reindex(c.index)) / np.sqrt(ew94)
    middle, deviation = c.rolling(20).mean(), c.rolling(20).std(ddof=0)
    f["bollinger_20"] = (c - (middle - 2 * deviation)) / (4 * deviation)
    f["stochastic_14"] = (c - l.rolling(14).min()) / (h.rolling(14).max() - l.rolling(14).min())
    for n in [20, 60, 250]:
        f[f"high_distance_{n}"] = np.log(c / h.rolling(n).max())
        f[f"low_distance_{n}"] = np.log(c / l.rolling(n).min())
    f["drawdown_250"] = np.log(c / c.rolling(250).max())
    f["standardised_return"] = r / np.sqrt(ew94.shift())
    f["trend_efficiency_20"] = np.log(c).diff(20).abs() / r.abs().rolling(20).sum()

    f["log_turnover"] = np.log(c * v)
    for n in [5, 20, 60]:
        f[f"volume_ratio_{n}"] = np.log(v / v.rolling(n).mean())
    f["volume_trend_5_20"] = np.log(v.rolling(5).mean() / v.rolling(20).mean())
    f["volume_z_20"] = (v - v.rolling(20).mean()) / v.rolling(20).std()
    impact = r.abs() / (c * v)
    f["amihud_20"] = np.log(rolled(impact, 20, "mean"))
    f["illiquidity_ratio_5_60"] = np.log(rolled(impact, 5, "mean") / rolled(impact, 60, "mean"))
    balance = (np.sign(r) * v).fillna(0).cumsum()
    f["on_balance_volume_slope_20"] = balance.diff(20) / v.rolling(20).sum()
    pair = finite(pd.DataFrame({"r": r, "v": np.log(v)})).dropna()
    f["price_volume_correlation_20"] = pair["r"].rolling(20).corr(pair["v"]).reindex(c.index).ffill()
    f["zero_volume_share_20"] = (v == 0).rolling(20).mean()

    for n in [5, 10, 20, 60]:
        f[f"realised_volatility_{n}"] = r.rolling(n).std()
    parkinson = np.log(h / l) ** 2 / (4 * np.log(2))
    garman_klass = 0.5 * np.log(h / l) ** 2 - (2 * np.log(2) - 1) * np.log(c / o) ** 2
    rogers_satchell = np.log(h / c) * np.log(h / o) + np.log(l / c) * np.log(l / o)
    for decay in [0.8, 0.9, 0.94, 0.97, 0.99]:
        f[f"ewma_variance_{round(decay * 100)}"] = np.log(ewm(r**2, decay))
        f[f"parkinson_{round(decay * 100)}"] = np.log(ewm(parkinson, decay))
    for decay in [0.8, 0.94]:
        f[f"garman_klass_{round(decay * 100)}"] = np.log(ewm(garman_klass, decay))
        f[f"rogers_satchell_{round(decay * 100)}"] = np.log(ewm(rogers_satchell, decay))
    f["volatility_ratio_5_20"] = np.log(r.rolling(5).std() / r.rolling(20).std())
    f["volatility_ratio_20_60"] = np.log(r.rolling(20).std() / r.rolling(60).std())
    f["volatility_of_volatility_20"] = np.log(ew94).diff().rolling(20).std()
    f["downside_share_20"] = (r**2).where(r < 0, 0).where(r.notna()).rolling(20).sum() / (r**2).rolling(20).sum()
    f["largest_move_20"] = r.abs().rolling(20).max()
    true_range = pd.concat([h - l, (h - c.shift()).abs(), (l - c.shift()).abs()], axis=1).max(axis=1)
    f["average_true_range_14"] = ewm(true_range.where(c.shift().notna()), 13 / 14) / c
    f["log_range"] = np.log(h / l)
    f["absolute_return_1"] = r.abs()
    f["volatility_rank_120"] = (f["parkinson_94"].rolling(120).rank() - 0.5) / 120
    return f


def wide(symbols, name):
    return pd.DataFrame({s: f[name] for s, f in enumerate(symbols)}).reindex(days)


def cross_section(own, present):
    r = {n: wide(own, f"return_{n}") for n in [1, 5, 20]}
    f = {}
    for n in [1, 5, 20]:
        f[f"market_return_{n}"] = r[n].mean(axis=1)
        f[f"excess_return_{n}"] = r[n].sub(r[n].mean(axis=1), axis=0)
        f[f"rank_return_{n}"] = ranks(r[n])
    market = f["market_return_1"]
    for decay in [0.8, 0.94, 0.97]:
        f[f"market_variance_{round(decay * 100)}"] = np.log(ewm(market**2, decay))
    ranges = wide(own, "parkinson_94")
    f["market_range_variance"] = ranges.mean(axis=1)
    f["excess_range_variance"] = ranges.sub(ranges.mean(axis=1), axis=0)
    f["dispersion"] = r[1].std(axis=1)
    f["breadth"] = (r[1] > 0).sum(axis=1) / r[1].notna().sum(axis=1)
    regression = [against_market(r[1][s].dropna(), market) for s in r[1]]
    for name in ["beta_60", "residual_volatility_60", "market_correlation_60"]:
        f[name] = wide(regression, name)
    f["rank_volatility"] = ranks(wide(own, "ewma_variance_94"))
    f["rank_volume_ratio"] = ranks(finite(wide(own, "volume_ratio_20")))
    ranked = ["close_location", "intraday_return", "overnight_gap", "return_2", "return_60"]
    for name in [*ranked, "high_distance_20", "largest_move_20"]:
        f[f"rank_{name}"] = ranks(finite(wide(own, name)))
    f["rank_beta_60"] = ranks(f["beta_60"].where(present))
    columns = range(SYMBOLS)
    return {
        name: (value if isinstance(value, pd.DataFrame) else pd.DataFrame({s: value for s in columns})).where(present)
        for name, value in f.items()
    }


def against_market(own, market):
    y = market.reindex(own.index)
    beta = own.rolling(60).cov(y) / y.rolling(60).var()
    # The residuals anew for each window, by least squares.
    left = [np.nan] * 59
    for end in range(60, len(own) + 1):
        x, m = own.iloc[end - 60 : end].to_numpy(), y.iloc[end - 60 : end].to_numpy()
        slope, intercept = np.polyfit(m, x, 1)
        left.append(np.std(x - slope * m - intercept, ddof=1))
    return {
        "beta_60": beta,
        "residual_volatility_60": pd.Series(left, index=own.index),
        "market_correlation_60": own.rolling(60).corr(y),
    }


def ranks(frame):
    return (frame.rank(axis=1) - 0.5).div(frame.notna().sum(axis=1), axis=0)


def calendar_features(present):
    now = pd.Series(days, index=days)
    ahead = pd.Series(sessions[1 : SESSIONS + 1], index=days)
    every = pd.Series(sessions, index=sessions)
    month_ends = set(every.groupby([sessions.year, sessions.month]).max())
    settlements = set()
    for month in pd.period_range("2022-01", "2024-02", freq="M"):
        second_friday = [d for d in pd.date_range(month.start_time, month.end_time, freq="W-FRI")][1]
        settlements.add(sessions[sessions <= second_friday][-1])
    f = {
        "weekday": now.dt.day_of_week + 1,
        "next_weekday": ahead.dt.day_of_week + 1,
        "closed_days_before": (now - now.shift()).dt.days - 1,
        "closed_days_after": (ahead - now).dt.days - 1,
        "next_day_of_month": ahead.dt.day,
        "next_month": ahead.dt.month,
        "next_month_end": ahead.isin(month_ends),
        "next_quarter_end": ahead.isin(month_ends) & (ahead.dt.month % 3 == 0),
        "next_settlement": ahead.isin(settlements),
    }
    return {n: pd.DataFrame({s: v.astype(float) for s in range(SYMBOLS)}).where(present) for n, v in f.items()}


def number(value, digits=None):
    if not np.isfinite(value):
        return None
    return float(value) if digits is None else round(float(value), digits)


def main():
    symbols = random_walk()
    present = pd.DataFrame({s: bars["close"].notna() for s, bars in enumerate(symbols)})
    own = [own_features(bars.dropna()) for bars in symbols]
    features = {name: wide(own, name) for name in own[0]}
    features |= calendar_features(present) | cross_section(own, present)
    golden = {
        "made_by": f"pandas {pd.__version__}, numpy {np.__version__}, exchange_calendars {exchange_calendars.__version__}",
        "days": [day.strftime("%Y-%m-%d") for day in days],
        "bars": [{n: [number(x, 1) for x in bars[n]] for n in bars} for bars in symbols],
        "rows": ROWS,
        "features": {
            name: [[number(x) for x in finite(frame.iloc[t])] for t in ROWS] for name, frame in features.items()
        },
    }
    Path(__file__).with_name("features.golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
