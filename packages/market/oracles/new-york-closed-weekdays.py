"""Writes new-york-closed-weekdays.golden.json: what the Python package exchange_calendars knows of New York.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install exchange_calendars==4.13.2
    /tmp/oracle/bin/python packages/market/oracles/new-york-closed-weekdays.py

Per year the weekdays (Monday to Friday) without a session of the New York Stock Exchange.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import exchange_calendars

START, END = date(2000, 1, 1), date(2026, 12, 31)


def main() -> None:
    calendar = exchange_calendars.get_calendar("XNYS", start=str(START), end=str(END))
    sessions = {session.date() for session in calendar.sessions}
    closed: dict[str, list[str]] = {}
    day = START
    while day <= END:
        if day.weekday() < 5 and day not in sessions:
            closed.setdefault(str(day.year), []).append(day.strftime("%m-%d"))
        day += timedelta(days=1)
    golden = {
        "source": f"exchange_calendars {exchange_calendars.__version__}, calendar XNYS",
        "from": str(START),
        "to": str(END),
        "closedWeekdays": closed,
    }
    lines = json.dumps(golden, indent=1).replace('",\n   "', '", "').replace("[\n   ", "[").replace("\n  ]", "]")
    Path(__file__).with_suffix(".golden.json").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
