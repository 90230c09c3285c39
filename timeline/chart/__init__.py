"""What is drawn: lanes, marks, labels, theme and figure. Pure: frames and numbers in, a plotly figure out.

Knows tables and queries; must not know Dash, files or the network.
"""

from timeline.chart.figure import draw

__all__ = ["draw"]
