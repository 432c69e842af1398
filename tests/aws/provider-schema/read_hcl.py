"""Prints the resource and data blocks of Terraform files as JSON.

Usage: read_hcl.py FILE...    A list of { file, kind, type, name, body }; blocks within a body are lists whose members have "__is_block__".
"""

import json
import sys

import hcl2


def plain(value):
    """Labels and object keys come with their quotation marks; names are compared without. Comments are left out."""
    if isinstance(value, dict):
        return {key.strip('"'): plain(inner) for key, inner in value.items() if not key.endswith("comments__")}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


def blocks(file):
    with open(file, encoding="utf-8") as text:
        content = plain(hcl2.load(text))
    for kind in ("resource", "data"):
        for labelled in content.get(kind, []):
            for type_name, named in labelled.items():
                if type_name == "__is_block__":
                    continue
                for name, body in named.items():
                    if name != "__is_block__":
                        yield {"file": file, "kind": kind, "type": type_name, "name": name, "body": body}


json.dump([block for file in sys.argv[1:] for block in blocks(file)], sys.stdout)
