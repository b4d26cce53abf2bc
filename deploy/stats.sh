#!/bin/sh
# Count what readers did, from the log of the web server and the one before it: the hours before midnight may be there.
# portal-stats.timer or portal-stats.cron calls it.
set -eu
# shellcheck source=deploy/server.sh
. "${0%/*}/server.sh"

set -- "$log"
# A new server has rotated none yet.
if [ -f "$log.1" ]; then
    set -- "$log.1" "$log"
fi
exec "$sitegen" --root "$site" stats --to "$public/stats" "$@"
