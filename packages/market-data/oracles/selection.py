"""Expected selections of symbols, computed with pandas on seeded bars.

    python -m venv venv && venv/bin/pip install pandas exchange_calendars
    venv/bin/python packages/market-data/oracles/selection.py

writes selection.golden.json beside this file. Whole tables at once, by other code than the package: pandas' own standard
deviations and correlation matrix, and for each place a search through everybody who is left.
"""

import json
from pathlib import Path

import exchange_calendars
import numpy as np
import pandas as pd

SYMBOLS = 40
COUNT = 8
LIMITS = {"capitalisation": 1e9, "volume": 1e6, "volatility": 0.6, "liquidity": 60}
SECTORS = ["輸送用機器", "電気機器", "銀行業", "化学", None]
GROUPS = ["TOPIX Core30", "TOPIX Mid400", "TOPIX Small 2", "unheard of", None]
GROUP_SCORES = {"TOPIX Core30": 95.0, "TOPIX Mid400": 65.0, "TOPIX Small 2": 25.0}

calendar = exchange_calendars.get_calendar("XTKS", start="2024-01-04", end="2024-12-30")
sessions = calendar.sessions_in_range("2024-03-01", "2024-06-28")[-63:]
rng = np.random.default_rng(18)


def simulate():
    """Closes and volumes; symbols of one sector move together, and some bars are missing."""
    common = {sector: rng.normal(0, 0.012, len(sessions)) for sector in SECTORS}
    closes, volumes, infos = {}, {}, []
    for number in range(SYMBOLS):
        code = f"{1001 + 7 * number}"
        sector, group = SECTORS[number % 5], GROUPS[(number // 2) % 5]
        own = rng.normal(0, rng.uniform(0.003, 0.02), len(sessions))
        price = rng.uniform(800, 9000) * np.exp(np.cumsum(common[sector] + own))
        volume = rng.lognormal(np.log(rng.uniform(8e5, 3e7)), rng.uniform(0.1, 0.9), len(sessions))
        gone = rng.random(len(sessions)) < (0.3 if number == 11 else 0.03 if number % 4 == 0 else 0)
        closes[code] = pd.Series(np.round(np.where(gone, np.nan, price), 1), index=sessions)
        volumes[code] = pd.Series(np.where(gone, np.nan, np.round(volume, -2)), index=sessions)
        known = number % 3 != 2
        capitalisation = float(np.round(10 ** rng.uniform(8.8, 13.2))) if known else None
        infos.append({"symbol": code, "sector": sector, "sizeGroup": group, "capitalisation": capitalisation})
    return pd.DataFrame(closes), pd.DataFrame(volumes), pd.DataFrame(infos).set_index("symbol")


def ramp(values, zero, hundred):
    return ((values - zero) / (hundred - zero) * 100).clip(0, 100)


def score(closes, volumes, infos):
    closes, volumes = closes.iloc[-60:], volumes.iloc[-60:]
    returns = np.log(closes / closes.shift(1))
    table = pd.DataFrame(index=closes.columns)
    table["bars"] = closes.notna().sum()
    turnover = (closes * volumes).mean()
    table["volume"] = volumes.mean()
    table["volatility_value"] = returns.std() * np.sqrt(245)
    table["liquidity"] = ramp(np.log10(turnover), 7, 11)
    falling = ramp(table["volatility_value"], LIMITS["volatility"], 0.4)
    table["volatility"] = np.minimum(ramp(table["volatility_value"], 0.1, 0.25), falling)
    table["consistency"] = 100 / (1 + volumes.std() / volumes.mean()) * table["bars"] / 60
    capitalisation = infos["capitalisation"].astype(float)
    known = ramp(np.log10(capitalisation), 9, 13)
    by_group = infos["sizeGroup"].map(GROUP_SCORES)
    table["capitalisation"] = known.fillna(by_group).fillna(turnover.rank(method="max", pct=True) * 100)
    weights = {"liquidity": 0.35, "volatility": 0.25, "consistency": 0.2, "capitalisation": 0.2}
    table["score"] = sum(weight * table[name] for name, weight in weights.items())
    meets = (
        (table["bars"] >= 48)
        & ~(capitalisation < LIMITS["capitalisation"])
        & (table["volume"] >= LIMITS["volume"])
        & (table["volatility_value"] <= LIMITS["volatility"])
        & (table["liquidity"] >= LIMITS["liquidity"])
    )
    return table, meets, returns.corr(min_periods=20)


def pick(table, meets, correlations, infos, previous=None, buffer=0, per_sector=None, most_correlated=None):
    ranks = table.loc[meets, "score"].rank(ascending=False).astype(int)
    left, picked = set(ranks.index), []
    while left and len(picked) < COUNT:
        clear = [code for code in left if ranks[code] <= COUNT - buffer]
        stays = [code for code in left if code in (previous or []) and ranks[code] <= COUNT + buffer]
        best = ranks[clear or stays or list(left)].idxmin()
        left.remove(best)
        sector = infos.loc[best, "sector"]
        if per_sector and sector is not None and (infos.loc[picked, "sector"] == sector).sum() >= per_sector:
            continue
        if most_correlated is not None and (correlations.loc[best, picked] > most_correlated).any():
            continue
        picked.append(best)
    return ranks[picked].sort_values().index.tolist()


closes, volumes, infos = simulate()
infos = infos.astype(object).where(infos.notna(), None)
table, meets, correlations = score(closes, volumes, infos)
by_score = table.loc[meets, "score"].sort_values(ascending=False).index.tolist()
members = [by_score[i] for i in (0, 3, 6, 8, 9, 10, 12)] + [code for code in table.index if not meets[code]][:1]
cases = [
    {},
    {"previous": members, "buffer": 2},
    {"previous": members, "buffer": 5},
    {"previous": members, "buffer": 0},
    {"per_sector": 2},
    {"most_correlated": 0.6},
    {"previous": members, "buffer": 3, "per_sector": 3, "most_correlated": 0.75},
]
scored = table[table["bars"] >= 48]
golden = {
    "made_by": f"pandas {pd.__version__}, numpy {np.__version__}, exchange_calendars {exchange_calendars.__version__}",
    "days": [day.strftime("%Y-%m-%d") for day in sessions],
    "count": COUNT,
    "symbols": [
        {
            "symbol": code,
            **infos.loc[code].to_dict(),
            "close": [None if np.isnan(value) else value for value in closes[code]],
            "volume": [None if np.isnan(value) else value for value in volumes[code]],
        }
        for code in table.index
    ],
    "scores": {
        code: {name: row[name] for name in ("liquidity", "volatility", "consistency", "capitalisation", "score")}
        for code, row in scored.iterrows()
    },
    "meets": table.index[meets].tolist(),
    "cases": [{**case, "picked": pick(table, meets, correlations, infos, **case)} for case in cases],
}
path = Path(__file__).with_name("selection.golden.json")
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n")
