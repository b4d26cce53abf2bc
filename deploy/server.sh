# shellcheck shell=sh disable=SC2034
# What the scripts beside this file need to know of the server (change it here alone), and what they share.
# docs/deploy.md of sitegen tells how to install them. HOME is the home folder of the user to whom they belong.

# The branch that readers see.
branch=main
# Where it is checked out and built: a work tree of the repository to which editors push. The cache stays in it.
site=$HOME/site
# The folder of the web server. nginx.conf names it as well.
public=/srv/portal
# The program.
sitegen=$HOME/venv/bin/sitegen
# What lets the web server read the list of old addresses again; nothing, if nobody shall.
reload='sudo -n systemctl reload nginx'
# Who calls publish.sh when something is due: systemd, or cron.
timer=systemd
# Where search engines are told which pages changed (https://api.indexnow.org/indexnow), with the key that stands in
# config.yaml as indexnow; nothing, if nobody shall be told.
indexnow=
# Where programs that read feeds are told: the address that stands in config.yaml as websub, or nothing.
hub=
# The log of the web server, from which stats.sh counts readers.
log=/var/log/nginx/access.log
# What was done (publish.log), when something is due next, what is still to be sent, and the lock.
state=$HOME/state

# Nothing below needs a change.

# git tells its hooks where the repository is. It is found by the folder here.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
# A push, sudo and cron are no login, and do not say where the user's systemd listens.
XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}
export XDG_RUNTIME_DIR

# Note a line with the time.
note() {
    printf '%s %s\n' "$(date '+%Y-%m-%dT%H:%M:%S%z')" "$1" >>"$state/publish.log"
}

# Print a line, and note it.
say() {
    printf '%s\n' "$1" || true
    note "$1"
}

# Only one script at a time changes the site. The system frees the lock when the script ends, however it ends.
hold_site() {
    mkdir -p "$state"
    exec 9>"$state/lock"
    if ! flock -n 9; then
        say 'Có lần đăng khác đang chạy, xin chờ…'
        flock 9
    fi
}

# Let publish.sh be called at a time, in seconds since 1970, or not any more (never).
call_again() {
    printf '%s\n' "$1" >"$state/due.new"
    mv "$state/due.new" "$state/due"
    if [ "$timer" = systemd ]; then
        systemctl --user stop 'portal-due-*.timer' || true
        if [ "$1" != never ]; then
            systemd-run --user --quiet --collect --unit="portal-due-$1-$$" --on-calendar="@$1" \
                --timer-property=AccuracySec=100ms systemctl --user --no-block start portal.service ||
                say 'Chưa hẹn được giờ với systemd; xin báo người quản trị máy chủ.'
        fi
    fi
}
