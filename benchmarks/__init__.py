"""Measurements behind the figures the documentation gives."""
