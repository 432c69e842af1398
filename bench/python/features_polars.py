"""The feature columns in polars: one frame with a row a session and symbol, window expressions over the symbol or the session."""

import numpy as np
import polars as pl

NAMES = ("open", "high", "low", "close", "volume")


def ewm(expression, decay, minimum=None):
    minimum = round(1 / (1 - decay)) if minimum is None else minimum
    return expression.ewm_mean(alpha=1 - decay, min_samples=minimum, ignore_nulls=True)


def span(expression, size):
    return expression.ewm_mean(span=size, min_samples=size, ignore_nulls=True)


def own_features():
    """Expressions over the rows of one symbol, in three layers: each may use the names of those before."""
    o, h, l, c, v = (pl.col(name) for name in NAMES)
    log_c, r, ew94, macd = (pl.col(name) for name in ("log_c", "return_1", "ew94", "macd"))
    first = {"log_c": c.log(), "change": c.diff(), "before": c.shift(), "log_range": (h / l).log()}
    first |= {"intraday_return": (c / o).log(), "log_v": v.log()}
    first |= {f"mean_v_{n}": v.rolling_mean(n) for n in (5, 20, 60)}
    second = {f"return_{n}": log_c.diff(n) for n in (1, 2, 3, 5, 10, 20, 60, 120)}
    second["macd"] = span(log_c, 12) - span(log_c, 26)
    log_range, intraday = pl.col("log_range"), pl.col("intraday_return")
    second["parkinson"] = log_range**2 / (4 * np.log(2))
    second["garman_klass"] = 0.5 * log_range**2 - (2 * np.log(2) - 1) * intraday**2
    second["rogers_satchell"] = (h / c).log() * (h / o).log() + (l / c).log() * (l / o).log()
    third = {f"realised_volatility_{n}": r.rolling_std(n) for n in (5, 10, 20, 60)}
    third |= {"square": r**2, "impact": r.abs() / (c * v), "ew94": ewm(r**2, 0.94)}
    third["parkinson_94"] = ewm(pl.col("parkinson"), 0.94).log()
    return [first, second, third, prices(o, h, l, c, log_c, r, ew94, macd) | volumes(c, v, r) | volatilities(h, l, c, r)]


def prices(o, h, l, c, log_c, r, ew94, macd):
    f = {"overnight_gap": (o / pl.col("before")).log(), "close_location": (c - l) / (h - l)}
    for n in (5, 10, 20, 50, 100):
        f[f"moving_average_distance_{n}"] = (c / c.rolling_mean(n)).log()
    gain, loss = ewm(pl.col("change").clip(lower_bound=0), 13 / 14), ewm((-pl.col("change")).clip(lower_bound=0), 13 / 14)
    f["rsi_14"] = 100 * gain / (gain + loss)
    f["macd_histogram"] = (macd - span(macd, 9)) / ew94.sqrt()
    f["bollinger_20"] = 0.5 + (c - c.rolling_mean(20)) / (4 * c.rolling_std(20, ddof=0))
    lowest = l.rolling_min(14)
    f["stochastic_14"] = (c - lowest) / (h.rolling_max(14) - lowest)
    for n in (20, 60, 250):
        f[f"high_distance_{n}"] = (c / h.rolling_max(n)).log()
        f[f"low_distance_{n}"] = (c / l.rolling_min(n)).log()
    f["drawdown_250"] = (c / c.rolling_max(250)).log()
    f["standardised_return"] = r / ew94.shift().sqrt()
    f["trend_efficiency_20"] = pl.col("return_20").abs() / r.abs().rolling_sum(20)
    return f


def volumes(c, v, r):
    means, impact = {n: pl.col(f"mean_v_{n}") for n in (5, 20, 60)}, pl.col("impact")
    f = {f"volume_ratio_{n}": (v / mean).log() for n, mean in means.items()}
    f["log_turnover"] = (c * v).log()
    f["volume_trend_5_20"] = (means[5] / means[20]).log()
    f["volume_z_20"] = (v - means[20]) / v.rolling_std(20)
    f["amihud_20"] = impact.rolling_mean(20).log()
    f["illiquidity_ratio_5_60"] = (impact.rolling_mean(5) / impact.rolling_mean(60)).log()
    f["on_balance_volume_slope_20"] = (r.sign() * v).rolling_mean(20) / means[20]
    f["price_volume_correlation_20"] = pl.rolling_corr(r, pl.col("log_v"), window_size=20)
    f["zero_volume_share_20"] = (v == 0).cast(pl.Float64).rolling_mean(20)
    return f


def volatilities(h, l, c, r):
    square, before = pl.col("square"), pl.col("before")
    deviation = {n: pl.col(f"realised_volatility_{n}") for n in (5, 20, 60)}
    f = {}
    for decay in (0.8, 0.9, 0.94, 0.97, 0.99):
        f[f"ewma_variance_{round(decay * 100)}"] = (pl.col("ew94") if decay == 0.94 else ewm(square, decay)).log()
        if decay != 0.94:
            f[f"parkinson_{round(decay * 100)}"] = ewm(pl.col("parkinson"), decay).log()
    for decay in (0.8, 0.94):
        f[f"garman_klass_{round(decay * 100)}"] = ewm(pl.col("garman_klass"), decay).log()
        f[f"rogers_satchell_{round(decay * 100)}"] = ewm(pl.col("rogers_satchell"), decay).log()
    f["volatility_ratio_5_20"] = (deviation[5] / deviation[20]).log()
    f["volatility_ratio_20_60"] = (deviation[20] / deviation[60]).log()
    f["volatility_of_volatility_20"] = pl.col("ew94").log().diff().rolling_std(20)
    f["downside_share_20"] = pl.when(r > 0).then(0.0).otherwise(square).rolling_sum(20) / square.rolling_sum(20)
    f["largest_move_20"] = r.abs().rolling_max(20)
    true_range = pl.when(before.is_not_null()).then(pl.max_horizontal(h - l, (h - before).abs(), (l - before).abs()))
    f["average_true_range_14"] = ewm(true_range, 13 / 14) / c
    f["absolute_return_1"] = r.abs()
    f["volatility_rank_120"] = (pl.col("parkinson_94").rolling_rank(120) - 0.5) / 120
    return f


def market_features(frame):
    """One row per session: what all symbols share."""
    means = {f"market_return_{n}": pl.col(f"return_{n}").mean() for n in (1, 5, 20)}
    r = pl.col("return_1")
    f = means | {"market_range_variance": pl.col("parkinson_94").mean(), "dispersion": r.std()}
    f["breadth"] = (r > 0).sum() / r.is_not_null().sum()
    by_session = frame.group_by("day").agg(**f).sort("day")
    square = pl.col("market_return_1") ** 2
    day = pl.from_epoch("day", time_unit="d")
    return by_session.with_columns(
        **{f"market_variance_{round(d * 100)}": ewm(square, d).log() for d in (0.8, 0.94, 0.97)},
        weekday=day.dt.weekday().cast(pl.Float64),
        closed_days_before=pl.col("day").diff().cast(pl.Float64) - 1,
    )


def against_market():
    r, market = pl.col("return_1"), pl.col("market_return_1")
    covariance = pl.rolling_cov(r, market, window_size=60)
    own, variance = r.rolling_var(60), market.rolling_var(60)
    return {
        "beta_60": covariance / variance,
        "residual_volatility_60": (own - covariance**2 / variance).sqrt(),
        "market_correlation_60": covariance / (own * variance).sqrt(),
        "excess_return_1": r - market,
        "excess_return_5": pl.col("return_5") - pl.col("market_return_5"),
        "excess_return_20": pl.col("return_20") - pl.col("market_return_20"),
        "excess_range_variance": pl.col("parkinson_94") - pl.col("market_range_variance"),
    }


def ranks():
    of = {f"rank_return_{n}": f"return_{n}" for n in (1, 5, 20)}
    of |= {"rank_volatility": "ewma_variance_94", "rank_volume_ratio": "volume_ratio_20"}
    return {
        name: ((pl.col(ranked).rank() - 0.5) / pl.col(ranked).is_not_null().sum()).over("day")
        for name, ranked in of.items()
    }


def over_symbols(frame, layers):
    for layer in layers:
        frame = frame.with_columns(**{name: expression.over("symbol") for name, expression in layer.items()})
    return frame


def long_frame(panel):
    """A row for each bar, symbol after symbol."""
    sessions, symbols = panel["close"].shape
    days = np.tile(panel["days"].astype(np.int32), symbols)
    number = np.repeat(np.arange(symbols, dtype=np.int32), sessions)
    bars = pl.DataFrame({"symbol": number, "day": days} | {name: panel[name].T.ravel() for name in NAMES})
    return bars.filter(pl.col("close").is_not_nan())


def compute(frame):
    frame = over_symbols(frame, own_features())
    frame = frame.join(market_features(frame), on="day", how="left", maintain_order="left")
    return over_symbols(frame, [against_market()]).with_columns(**ranks())


def columns_of(frame, panel):
    """What compute found, each column as sessions x symbols."""
    row = np.searchsorted(panel["days"], frame["day"].to_numpy())
    symbol = frame["symbol"].to_numpy()
    arrays = {}
    for name in frame.columns[2 + len(NAMES) :]:
        arrays[name] = np.full(panel["close"].shape, np.nan)
        arrays[name][row, symbol] = frame[name].to_numpy()
    return arrays
