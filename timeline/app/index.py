"""The frame of the page, which Dash fills: what its head says and what is loaded.

Comes in: what Dash would put in. Leaves: HTML. Must not know what is shown.
"""

import re
from typing import Any

from dash import Dash

ICON = (
    '<link rel="icon" href="data:image/svg+xml,'
    "%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 viewBox=%270 0 16 16%27%3E%3Cg fill=%27%231971c2%27%3E"
    "%3Ccircle cx=%273%27 cy=%274%27 r=%272%27/%3E%3Crect x=%277%27 y=%273%27 width=%278%27 height=%272%27/%3E"
    "%3Crect x=%271%27 y=%277%27 width=%279%27 height=%272%27/%3E%3Ccircle cx=%2712%27 cy=%2712%27 r=%272%27/%3E"
    '%3C/g%3E%3C/svg%3E">'
)
"""In the page itself: browsers ask for an icon's file again at every change of the address."""


def frame(head: str, attributes: str = "") -> str:
    """A page before Dash fills it: `head` stands in its head, `attributes` in its outermost element."""
    return f"""<!DOCTYPE html>
<html lang="en"{attributes}>
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{%title%}}</title>
{head}{ICON}
{{%css%}}
</head>
<body>
{{%app_entry%}}
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>"""


INDEX = frame("""<script src="OPENING"></script>
<link rel="preload" as="script" href="_dash-component-suites/plotly/package_data/plotly.min.js">
<link rel="preload" as="script" href="_dash-component-suites/dash/dcc/async-graph.js">
<link rel="preload" as="fetch" crossorigin href="_dash-layout">
<link rel="preload" as="fetch" crossorigin href="_dash-dependencies">
""")
"""The timeline's page; OPENING is the address of the script that runs first."""

_UNUSED = re.compile(r"<script[^>]*/dash_table/[^>]*></script>\s*")
"""What Dash loads for a table that the page has not. (Its polyfill is used: by its own core components.)"""


class LeanDash(Dash):  # type: ignore[misc]
    """Dash, but its index loads nothing that is not used."""

    def interpolate_index(self, **parts: Any) -> str:
        return str(super().interpolate_index(**parts | {"scripts": _UNUSED.sub("", parts["scripts"])}))
