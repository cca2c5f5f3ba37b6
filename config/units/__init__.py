"""The whitelist: YAML, CSV or XLSX file → units and channels."""
