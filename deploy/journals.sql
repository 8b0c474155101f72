-- Run once, when the database is made. The service enters as a role that row-level security binds:
-- a superuser would pass by it, and Sottovoce refuses to be one.
\set password `printenv JOURNALS_PASSWORD`
CREATE ROLE sottovoce LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
ALTER DATABASE journals OWNER TO sottovoce;
REVOKE ALL ON DATABASE journals FROM PUBLIC;
