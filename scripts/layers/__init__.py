"""Build the shipped layers: one module a layer, plain functions, the same bytes each time."""
