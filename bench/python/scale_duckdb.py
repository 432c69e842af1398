"""See scale.py."""

import duckdb


def import_bars(task):
    con = connect(task)
    files = f"read_csv('{task['folder']}/*.csv', header = true, filename = true, columns = {COLUMNS})"
    symbol = f"substr(filename, {len(task['folder']) + 2}, 4)"
    con.sql(f"CREATE TABLE raw AS SELECT {symbol} AS symbol, * EXCLUDE (filename) FROM {files}")
    rows = count(con, "raw")
    con.sql(f"CREATE TABLE good AS {judged('raw', task)}")
    con.sql(share_off_tick("good", task)).fetchall()
    con.sql(f"COPY (SELECT * FROM good ORDER BY symbol, date) TO '{task['output']}' (FORMAT parquet, COMPRESSION zstd)")
    return rows, count(con, "good")


def update(task):
    con = connect(task)
    con.sql(f"CREATE TABLE stored AS SELECT * FROM '{task['stored']}'")
    columns = "{'code': 'VARCHAR', " + COLUMNS[1:]
    con.sql(f"CREATE TABLE day AS SELECT * FROM read_csv('{task['file']}', header = true, columns = {columns})")
    con.sql("ALTER TABLE day RENAME code TO symbol")
    newest = "SELECT symbol, max(date) AS date FROM stored GROUP BY symbol"
    before = f"SELECT stored.* FROM stored JOIN ({newest}) USING (symbol, date)"
    con.sql(f"CREATE TABLE both_days AS {before} UNION ALL SELECT * FROM day")
    con.sql(f"CREATE TABLE added AS SELECT good.* FROM ({judged('both_days', task)}) good SEMI JOIN day USING (symbol, date)")
    con.sql(share_off_tick("added", task)).fetchall()
    everything = "SELECT * FROM stored ANTI JOIN added USING (symbol, date) UNION ALL SELECT * FROM added"
    con.sql(f"COPY ({everything} ORDER BY symbol, date) TO '{task['output']}' (FORMAT parquet, COMPRESSION zstd)")
    return count(con, "day"), count(con, "added")


COLUMNS = "{'date': 'DATE', 'open': 'DOUBLE', 'high': 'DOUBLE', 'low': 'DOUBLE', 'close': 'DOUBLE', 'volume': 'DOUBLE'}"


def connect(task):
    con = duckdb.connect(config={"threads": 1})
    sessions = ", ".join(f"DATE '{day}'" for day in task["rules"]["sessions"])
    con.sql(f"CREATE TABLE sessions AS SELECT unnest([{sessions}]) AS date")
    con.sql("CREATE TABLE numbered AS SELECT date, row_number() OVER (ORDER BY date) AS session FROM sessions")
    return con


def judged(table, task):
    """The good rows of a table."""
    own = f"""SELECT {table}.*, session FROM {table} JOIN numbered USING (date) WHERE least(open, high, low, close) > 0
      AND greatest(open, high, low, close) <= 1e9 AND volume BETWEEN 0 AND 1e12 AND volume = floor(volume) AND high >= low
      AND least(open, close) >= low * 0.999999 AND greatest(open, close) <= high * 1.000001
      AND NOT (volume = 0 AND open = high AND open = low AND open = close)"""
    once = f"SELECT * FROM ({own}) QUALIFY row_number() OVER (PARTITION BY symbol, date) = 1"
    limit = steps(task["rules"]["limits"], "previous", "<")
    before = f"""SELECT *, lag(close) OVER (PARTITION BY symbol ORDER BY date) AS previous,
      session - lag(session) OVER (PARTITION BY symbol ORDER BY date) AS elapsed FROM ({once})"""
    return f"""SELECT symbol, date, open, high, low, close, volume FROM ({before})
      WHERE previous IS NULL OR elapsed > 6
      OR (low >= previous - 2 * elapsed * {limit} AND high <= previous + 2 * elapsed * {limit})"""


def share_off_tick(table, task):
    """By symbol, which shows whether prices were adjusted."""
    ticks = steps(task["rules"]["ticks"], "price", "<=")
    prices = " UNION ALL ".join(f"SELECT symbol, {name} AS price FROM {table}" for name in ("open", "high", "low", "close"))
    off = f"abs(price - round(price / {ticks}) * {ticks}) > 1e-6 * price"
    return f"SELECT symbol, avg(({off})::INTEGER) FROM ({prices}) GROUP BY symbol"


def steps(table, column, sign):
    cases = " ".join(f"WHEN {column} {sign} {limit} THEN {value}" for limit, value in table)
    return f"(CASE {cases} ELSE {table[-1][1]} END)"


def count(con, table):
    return con.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0]
