-- PostgreSQL runs this once, when its volume is new. Rashomon's own database is there by then; this is Prefect's.
CREATE DATABASE prefect OWNER rashomon;
