"""The feature columns in pandas, in two forms.

By symbol: the functions below on the series of one symbol after the other; windows count its own bars. Wide: the same functions on frames,
sessions down and symbols across. That is faster, and right only when every symbol has a bar in every session.
"""

import numpy as np
import pandas as pd


def frames_by_symbol(panel):
    """The bars of each symbol, without the sessions in which it has none."""
    days = pd.to_datetime(panel["days"], unit="D")
    symbols = range(panel["close"].shape[1])
    return days, [pd.DataFrame({n: panel[n][:, s] for n in NAMES}, index=days).dropna() for s in symbols]


def compute_by_symbol(frames):
    days, symbols = frames
    own = [own_features(*(bars[name] for name in NAMES)) for bars in symbols]

    def wide(name):
        return pd.DataFrame({s: columns[name] for s, columns in enumerate(own)}, index=days)

    columns = calendar(days) | cross_section({name: wide(name) for name in CROSSED})
    market = columns["market_return_1"]
    for symbol in own:
        symbol |= against_market(symbol["return_1"], market.reindex(symbol["return_1"].index))
    return own, columns


def wide_frames(panel):
    days = pd.to_datetime(panel["days"], unit="D")
    return [pd.DataFrame(panel[name], index=days) for name in NAMES]


def compute_wide(frames):
    own = own_features(*frames)
    columns = calendar(frames[0].index) | cross_section(own)
    r, market = own["return_1"], columns["market_return_1"]
    own |= against_market(r, pd.DataFrame({symbol: market for symbol in r.columns}))
    return own, columns


NAMES = ("open", "high", "low", "close", "volume")
# What the cross-section looks at.
CROSSED = ("return_1", "return_5", "return_20", "parkinson_94", "ewma_variance_94", "volume_ratio_20")


def own_features(o, h, l, c, v):
    log_c = np.log(c)
    r = log_c.diff()
    shared = {"o": o, "h": h, "l": l, "c": c, "v": v, "log_c": log_c, "r": r, "ew94": ewm(r**2, 0.94)}
    return prices(**shared) | volumes(**shared) | volatilities(**shared)


def ewm(series, decay, minimum=None):
    minimum = round(1 / (1 - decay)) if minimum is None else minimum
    return series.ewm(alpha=1 - decay, min_periods=minimum).mean()


def span(series, size):
    return series.ewm(span=size, min_periods=size).mean()


def prices(o, h, l, c, v, log_c, r, ew94):
    f = {f"return_{n}": log_c.diff(n) for n in (1, 2, 3, 5, 10, 20, 60, 120)}
    change = c.diff()
    f["overnight_gap"] = np.log(o / c.shift())
    f["intraday_return"] = np.log(c / o)
    f["close_location"] = (c - l) / (h - l)
    for n in (5, 10, 20, 50, 100):
        f[f"moving_average_distance_{n}"] = np.log(c / c.rolling(n).mean())
    gain, loss = ewm(change.clip(lower=0), 13 / 14), ewm((-change).clip(lower=0), 13 / 14)
    f["rsi_14"] = 100 * gain / (gain + loss)
    macd = span(log_c, 12) - span(log_c, 26)
    f["macd_histogram"] = (macd - span(macd, 9)) / np.sqrt(ew94)
    f["bollinger_20"] = 0.5 + (c - c.rolling(20).mean()) / (4 * c.rolling(20).std(ddof=0))
    lowest = l.rolling(14).min()
    f["stochastic_14"] = (c - lowest) / (h.rolling(14).max() - lowest)
    for n in (20, 60, 250):
        f[f"high_distance_{n}"] = np.log(c / h.rolling(n).max())
        f[f"low_distance_{n}"] = np.log(c / l.rolling(n).min())
    f["drawdown_250"] = np.log(c / c.rolling(250).max())
    f["standardised_return"] = r / np.sqrt(ew94.shift())
    f["trend_efficiency_20"] = f["return_20"].abs() / r.abs().rolling(20).sum()
    return f


def volumes(o, h, l, c, v, log_c, r, ew94):
    means = {n: v.rolling(n).mean() for n in (5, 20, 60)}
    f = {"log_turnover": np.log(c * v)}
    for n, mean in means.items():
        f[f"volume_ratio_{n}"] = np.log(v / mean)
    f["volume_trend_5_20"] = np.log(means[5] / means[20])
    f["volume_z_20"] = (v - means[20]) / v.rolling(20).std()
    impact = r.abs() / (c * v)
    f["amihud_20"] = np.log(impact.rolling(20).mean())
    f["illiquidity_ratio_5_60"] = np.log(impact.rolling(5).mean() / impact.rolling(60).mean())
    f["on_balance_volume_slope_20"] = (np.sign(r) * v).rolling(20).mean() / means[20]
    f["price_volume_correlation_20"] = r.rolling(20).corr(np.log(v), pairwise=False)
    f["zero_volume_share_20"] = (v == 0).astype(float).rolling(20).mean()
    return f


def volatilities(o, h, l, c, v, log_c, r, ew94):
    deviation = {n: r.rolling(n).std() for n in (5, 10, 20, 60)}
    f = {f"realised_volatility_{n}": frame for n, frame in deviation.items()}
    log_range, intraday = np.log(h / l), np.log(c / o)
    ranges = {
        "parkinson": log_range**2 / (4 * np.log(2)),
        "garman_klass": 0.5 * log_range**2 - (2 * np.log(2) - 1) * intraday**2,
        "rogers_satchell": np.log(h / c) * np.log(h / o) + np.log(l / c) * np.log(l / o),
    }
    for decay in (0.8, 0.9, 0.94, 0.97, 0.99):
        f[f"ewma_variance_{round(decay * 100)}"] = np.log(ew94 if decay == 0.94 else ewm(r**2, decay))
        f[f"parkinson_{round(decay * 100)}"] = np.log(ewm(ranges["parkinson"], decay))
    for decay in (0.8, 0.94):
        f[f"garman_klass_{round(decay * 100)}"] = np.log(ewm(ranges["garman_klass"], decay))
        f[f"rogers_satchell_{round(decay * 100)}"] = np.log(ewm(ranges["rogers_satchell"], decay))
    f["volatility_ratio_5_20"] = np.log(deviation[5] / deviation[20])
    f["volatility_ratio_20_60"] = np.log(deviation[20] / deviation[60])
    f["volatility_of_volatility_20"] = np.log(ew94).diff().rolling(20).std()
    square = r**2
    f["downside_share_20"] = square.where(~(r > 0), 0).rolling(20).sum() / square.rolling(20).sum()
    f["largest_move_20"] = r.abs().rolling(20).max()
    before = c.shift()
    true_range = np.maximum(np.maximum(h - l, (h - before).abs()), (l - before).abs())
    f["average_true_range_14"] = ewm(true_range, 13 / 14) / c
    f["log_range"] = log_range
    f["absolute_return_1"] = r.abs()
    f["volatility_rank_120"] = (f["parkinson_94"].rolling(120).rank() - 0.5) / 120
    return f


def calendar(days):
    day = days.to_series()
    return {"weekday": day.dt.day_of_week + 1.0, "closed_days_before": day.diff().dt.days - 1}


def cross_section(columns):
    f = {}
    for n in (1, 5, 20):
        returns = columns[f"return_{n}"]
        market = returns.mean(axis=1)
        f[f"market_return_{n}"] = market
        f[f"excess_return_{n}"] = returns.sub(market, axis=0)
        f[f"rank_return_{n}"] = ranks(returns)
    for decay in (0.8, 0.94, 0.97):
        f[f"market_variance_{round(decay * 100)}"] = np.log(ewm(f["market_return_1"] ** 2, decay))
    f["market_range_variance"] = columns["parkinson_94"].mean(axis=1)
    f["excess_range_variance"] = columns["parkinson_94"].sub(f["market_range_variance"], axis=0)
    r = columns["return_1"]
    f["dispersion"] = r.std(axis=1)
    f["breadth"] = (r > 0).sum(axis=1) / r.notna().sum(axis=1)
    f["rank_volatility"] = ranks(columns["ewma_variance_94"])
    f["rank_volume_ratio"] = ranks(columns["volume_ratio_20"])
    return f


def against_market(r, market):
    covariance = r.rolling(60).cov(market, pairwise=False)
    own, variance = r.rolling(60).var(), market.rolling(60).var()
    return {
        "beta_60": covariance / variance,
        "residual_volatility_60": np.sqrt(own - covariance**2 / variance),
        "market_correlation_60": covariance / np.sqrt(own * variance),
    }


def ranks(frame):
    return (frame.rank(axis=1) - 0.5).div(frame.notna().sum(axis=1), axis=0)


def columns_by_symbol(found, panel):
    """What compute_by_symbol found, each column as sessions x symbols."""
    own, columns = found
    days = pd.to_datetime(panel["days"], unit="D")
    wide = {name: pd.DataFrame({s: f[name] for s, f in enumerate(own)}, index=days) for name in own[0]}
    return spread(wide | columns, panel)


def columns_wide(found, panel):
    own, columns = found
    return spread(own | columns, panel)


def spread(columns, panel):
    shape = panel["close"].shape
    arrays = {name: column.to_numpy(dtype=float) for name, column in columns.items()}
    return {n: np.broadcast_to(a[:, None], shape) if a.ndim == 1 else a for n, a in arrays.items()}
