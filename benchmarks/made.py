"""The made table that is measured: `timeline make-events` makes the same."""

from timeline.table.made import make_events

__all__ = ["make_events"]
