#!/bin/sh
# Run once by the postgres image, on an empty data folder: a role and a database for each service.
set -eu
for service in clusters events diaries; do
    upper=$(echo "$service" | tr '[:lower:]' '[:upper:]')
    password=$(printenv "STAFFROOM_${upper}_DATABASE_PASSWORD")
    psql --username "$POSTGRES_USER" --no-psqlrc --set ON_ERROR_STOP=1 \
        --set role="staffroom_$service" --set password="$password" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"role" OWNER :"role";
REVOKE CONNECT, TEMPORARY ON DATABASE :"role" FROM PUBLIC;
SQL
done
psql --username "$POSTGRES_USER" --no-psqlrc --set ON_ERROR_STOP=1 \
    --command 'REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC'
