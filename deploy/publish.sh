#!/bin/sh
# Build what was pushed last, show it to readers, and see to it that this script is called again when something
# is due. A push (hooks/post-receive), the timer, the start of the machine (portal.service) and cron call it.
#
#     publish.sh              now
#     publish.sh --if-due     only if something is due
set -eu
# shellcheck source=deploy/server.sh
. "${0%/*}/server.sh"

# Whoever pushed may be gone before all is done.
trap '' HUP PIPE

# Run sitegen, and print what it says only if it fails.
run() {
    if ! "$sitegen" --root "$site" "$@" >"$state/said" 2>&1; then
        while read -r line; do
            say "$line"
        done <"$state/said"
        say "$undone Máy chủ sẽ tự làm lại sau một phút."
        say "Nếu vẫn không được, xin báo người quản trị máy chủ ($state/publish.log)."
        exit 1
    fi
}

if [ "${1-}" = --if-due ]; then
    at=$(cat "$state/due" 2>/dev/null || echo 0)
    if [ "$at" = never ] || [ "$(date +%s)" -lt "$at" ]; then
        exit 0
    fi
fi
hold_site
# Whatever ends this run (a fault, a closed connection, a kill), another one comes.
call_again $(($(date +%s) + 60))
while :; do
    git -C "$site" checkout --quiet --force --detach "refs/heads/$branch"
    # The whole run is of one moment, so that nothing can become due between two of its steps unseen.
    moment=$(date +%s)
    now=$(date -u -d "@$moment" '+%Y-%m-%dT%H:%M:%SZ')
    undone='Chưa đăng được, người đọc vẫn thấy trang trước đó.'
    run build --index-later --now "$now"
    run publish --now "$now" "$public"
    say "$(tail -n 1 "$state/said")"
    # The web server knows the old addresses from when it read them last, which may be before an earlier run.
    if [ -n "$reload" ] && ! cmp -s "$public/current/aliases.txt" "$state/aliases.txt"; then
        if $reload; then
            cp "$public/current/aliases.txt" "$state/aliases.txt"
        else
            say 'Máy chủ web chưa đọc lại được danh sách địa chỉ cũ; xin báo người quản trị máy chủ.'
        fi
    fi
    # Readers see the pages: what they search through may take some seconds more.
    undone='Người đọc đã thấy trang mới, nhưng chưa tìm được trong đó.'
    touch "$state/seen"
    run build --now "$now"
    if [ -n "$(find "$site/.output.list" -newer "$state/seen")" ]; then
        run publish --now "$now" "$public"
        note "$(tail -n 1 "$state/said")"
    fi
    run due --seconds --now "$now"
    seconds=$(grep -x '[0-9][0-9]*' "$state/said" || true)
    # Once more, if something was pushed or became due in the meantime.
    if [ "$(git -C "$site" rev-parse "refs/heads/$branch")" = "$(git -C "$site" rev-parse HEAD)" ]; then
        if [ -z "$seconds" ]; then
            call_again never
            break
        elif [ $((moment + seconds)) -gt "$(date +%s)" ]; then
            call_again $((moment + seconds))
            break
        fi
    fi
done
# Whoever pushes next need not wait for this.
exec 9>&-
"${0%/*}/tell.sh" >/dev/null 2>&1 || true
