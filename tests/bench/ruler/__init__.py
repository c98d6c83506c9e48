"""The ruler's parts: trace (what a PDF draws), lines (what is set in them), columns
(where they end), faults (what went wrong), source (what should be there)."""
