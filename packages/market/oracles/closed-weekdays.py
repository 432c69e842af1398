"""Writes closed-weekdays.golden.json: what the Python package exchange_calendars knows of the Tokyo Stock Exchange.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install exchange_calendars==4.13.2
    /tmp/oracle/bin/python packages/market/oracles/closed-weekdays.py

Per year the weekdays (Monday to Friday) without a session, and the sessions from which the hours changed.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import exchange_calendars

START, END = date(2000, 1, 1), date(2026, 12, 31)


def main() -> None:
    calendar = exchange_calendars.get_calendar("XTKS", start=str(START), end=str(END))
    sessions = {session.date() for session in calendar.sessions}
    golden = {
        "source": f"exchange_calendars {exchange_calendars.__version__}, calendar XTKS",
        "from": str(START),
        "to": str(END),
        "closedWeekdays": closed_weekdays(sessions),
        "hoursFrom": changes_of_hours(calendar),
    }
    lines = json.dumps(golden, indent=1).replace('",\n   "', '", "').replace("[\n   ", "[").replace("\n  ]", "]")
    Path(__file__).with_suffix(".golden.json").write_text(lines + "\n", encoding="utf-8")


def closed_weekdays(sessions: set[date]) -> dict[str, list[str]]:
    closed: dict[str, list[str]] = {}
    day = START
    while day <= END:
        if day.weekday() < 5 and day not in sessions:
            closed.setdefault(str(day.year), []).append(day.strftime("%m-%d"))
        day += timedelta(days=1)
    return closed


def changes_of_hours(calendar: exchange_calendars.ExchangeCalendar) -> list[list[str]]:
    changes: list[list[str]] = []
    for session, row in calendar.schedule.iterrows():
        hours = [row[column].tz_convert("Asia/Tokyo").strftime("%H:%M") for column in ("break_start", "break_end", "close")]
        if not changes or changes[-1][1:] != hours:
            changes.append([str(session.date()), *hours])
    return changes


if __name__ == "__main__":
    main()
