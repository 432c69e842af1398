"""Reads T-SQL from standard input, one JSON string a line, and writes its statements for PostgreSQL, one JSON line each.

A statement is {"sql": ...}, with the "lock" that it takes first, {"set": name, "value": ...}, {"execute": procedure, "into": variable, "with": {...}} or
{"variable": name, "as": column}; what cannot be read is {"refused": why}. The translation is sqlglot's, but for what it
gets wrong, each with its reason below.
"""

import json
import re
import sys

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

SET = re.compile(r"set\s+(\w+)\s+(.+)", re.I | re.S)
EXECUTE = re.compile(r"exec\s+(?:@(\w+)\s*=\s*)?(\w+)\s*(.*)", re.I | re.S)
ARGUMENT = re.compile(r"@(\w+)\s*=\s*(?:@(\d+)|'([^']*)'|(-?\d+))")
WAIT = re.compile(r"waitfor\s+delay\s+'00:00:(\d\d)'", re.I)
VARIABLE = re.compile(r'select\s+@([a-z]\w*)\s+as\s+"(\w+)"', re.I)


def statements(text):
    """The statements between semicolons, as they are written."""
    tokens = sqlglot.tokenize(text, read="tsql")
    start = 0
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            yield text[start : token.start].strip()
            start = token.end + 1
    yield text[start:].strip()


def translated(statement):
    if match := SET.fullmatch(statement):
        return [{"set": match[1].lower(), "value": match[2]}]
    if re.match(r"declare\s", statement, re.I):
        return []
    if match := EXECUTE.fullmatch(statement):
        values = {
            name: {"parameter": int(parameter)} if parameter else {"value": text or number}
            for name, parameter, text, number in ARGUMENT.findall(match[3])
        }
        return [{"execute": match[2].lower(), "into": match[1], "with": values}]
    if match := VARIABLE.fullmatch(statement):
        return [{"variable": match[1], "as": match[2]}]
    if match := WAIT.fullmatch(statement):
        return [{"sql": f"do $$ begin perform pg_sleep({int(match[1])}); end $$"}]
    tree = sqlglot.parse_one(statement, read="tsql")
    # Nobody else inserts what a merge with holdlock did not find.
    lock = {"lock": lock_of(tree)} if isinstance(tree, exp.Merge) else {}
    return [{"sql": mended(tree).sql("postgres"), **lock}]


def lock_of(merge):
    if "holdlock" not in merge.this.sql("tsql").lower():
        raise ValueError("a merge without holdlock may insert what another one inserts")
    table = exp.to_identifier(merge.this.name, quoted=True).sql("postgres")
    return f"lock table {table} in share row exclusive mode"


def mended(tree):
    for mend in (types, defaults, keys, collations, output, counts, functions, json_read, merge_source):
        tree = mend(tree) or tree
    return tree


def types(tree):
    """A float has 64 bits; max stands for any length; a bit is a boolean."""
    for kind in tree.find_all(exp.DataType):
        if kind.is_type(exp.DataType.Type.FLOAT):
            kind.replace(exp.DataType.build("double"))
        elif kind.is_type(exp.DataType.Type.BIT):
            kind.replace(exp.DataType.build("boolean"))
        elif any(part.name.lower() == "max" for part in kind.expressions):
            binary = kind.is_type(exp.DataType.Type.VARBINARY)
            kind.replace(exp.DataType.build("varbinary" if binary else "text"))


def defaults(tree):
    for column in tree.find_all(exp.ColumnDef):
        if column.kind and column.kind.is_type(exp.DataType.Type.BOOLEAN):
            for default in column.find_all(exp.DefaultColumnConstraint):
                default.set("this", exp.Boolean(this=default.this.name == "1"))


def keys(tree):
    """A key of an index, or of a table, has no place for null values."""
    for ordered in tree.find_all(exp.Ordered):
        if ordered.find_ancestor(exp.Index, exp.PrimaryKey, exp.UniqueColumnConstraint):
            ordered.replace(ordered.this)


def collations(tree):
    """The database of the stand-in compares byte by byte, as the collation says."""
    for collate in tree.find_all(exp.Collate):
        collate.replace(collate.this)
    for constraint in tree.find_all(exp.CollateColumnConstraint):
        (constraint.parent if isinstance(constraint.parent, exp.ColumnConstraint) else constraint).pop()


def output(tree):
    """Rows that were written are named "inserted" in T-SQL alone."""
    for returning in tree.find_all(exp.Returning):
        for column in returning.find_all(exp.Column):
            if column.table == "inserted":
                column.set("table", None)


def counts(tree):
    for count in list(tree.find_all(exp.Count)):
        if not isinstance(count.parent, exp.Cast):
            count.replace(exp.cast(count.copy(), "int"))


def functions(tree):
    for now in list(tree.find_all(exp.CurrentTimestampLTZ)):
        now.replace(exp.Anonymous(this="clock_timestamp"))
    for call in list(tree.find_all(exp.ObjectId)):
        call.replace(sqlglot.parse_one(f"cast(to_regclass({call.this.sql('postgres')}) as oid)", read="postgres"))


def json_read(tree):
    """openjson gives the elements of an array, or one row of an object."""
    for table in list(tree.find_all(exp.OpenJSON)):
        value = f"cast({table.this.sql('postgres')} as jsonb)"
        columns = ", ".join(
            f"""element #>> '{{{column.args["path"].name.removeprefix("$").removeprefix(".")}}}' as "{column.name}\""""
            for column in table.expressions
        )
        elements = f"case jsonb_typeof({value}) when 'array' then {value} else jsonb_build_array({value}) end"
        rows = f"select {columns} from jsonb_array_elements({elements}) as elements(element)"
        target = table.parent if isinstance(table.parent, exp.Table) else table
        target.replace(sqlglot.parse_one(f"select * from ({rows}) as rows", read="postgres").args["from_"].this)


def merge_source(tree):
    """The values of a row have the types of their columns; PostgreSQL finds them by the first row."""
    if not isinstance(tree, exp.Merge) or not isinstance(tree.args["using"], exp.Values):
        return
    values = tree.args["using"]
    table = exp.to_identifier(tree.this.name, quoted=True)
    columns = values.args["alias"].args["columns"]
    for column, value in zip(columns, list(values.expressions[0].expressions)):
        typed = exp.select(column.copy()).from_(exp.Table(this=table.copy())).where("false").subquery()
        value.replace(exp.Coalesce(this=value.copy(), expressions=[typed]))


def answer(line):
    try:
        return [part for statement in statements(json.loads(line)) if statement for part in translated(statement)]
    except Exception as error:  # What it cannot read is an error of the statement, whatever it trips over.
        return [{"refused": str(error)}]


for line in sys.stdin:
    print(json.dumps(answer(line)), flush=True)
