"""Keeps what was read, who said what, and what came of it, in one database.

SQLAlchemy and Alembic live here alone. A `Session` comes into every function; who opens it decides what one
transaction is: `writing` for a step that is stored whole or not at all, `reading` for a picture that holds still.
Rows are named by their content, so that the same input twice meets the same rows and changes nothing. SQLite and
PostgreSQL are used alike: writers take turns on both, and a list of ids of any length goes to either as one value.
"""
