"""`timeline schema`: the columns of the three tables as a Frictionless data package."""

from __future__ import annotations

import click

from timeline.commands.shared import print_json


@click.command()
def schema() -> None:
    """Print the columns of the three tables as datapackage.json (Frictionless Table Schema)."""
    from timeline.table.schema import datapackage

    print_json(datapackage(), indent=2)
