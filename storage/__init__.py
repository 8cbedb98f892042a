"""Rows and SQL, under the same names as the floors above and below."""
