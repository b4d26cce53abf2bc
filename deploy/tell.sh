#!/bin/sh
# Tell search engines (IndexNow) and the hub of the feeds (WebSub) what readers find changed, if server.sh says where.
# publish.sh calls it when readers see a release. What cannot be sent is sent the next time, for a week.
set -eu
# shellcheck source=deploy/server.sh
. "${0%/*}/server.sh"

if [ -z "$indexnow$hub" ]; then
    exit 0
fi
waiting=$state/waiting
mkdir -p "$waiting"
exec 8>"$state/telling"
flock 8

# Write down what is to be sent in one of the two forms of `sitegen changes`; nothing, if nothing has changed.
write() {
    if ! "$sitegen" --root "$site" changes "$public" --since "$since" "--$1" >"$waiting/new" 2>"$state/untold"; then
        note "Chưa báo được thay đổi: $(cat "$state/untold")"
        exit 1
    fi
    if [ -s "$waiting/new" ]; then
        mv "$waiting/new" "$waiting/$current.$1"
    fi
}

# Send all that waits in a form to an address, each line as a request of a type. Where that fails, it waits on.
send() {
    for file in "$waiting"/*."$1"; do
        if [ ! -f "$file" ]; then
            continue
        fi
        while IFS= read -r body || [ -n "$body" ]; do
            if ! error=$(printf %s "$body" | curl --silent --show-error --fail --max-time 20 --output /dev/null \
                --header "Content-Type: $3" --data-binary @- "$2" 2>&1); then
                note "Chưa báo được thay đổi, lần sau gửi lại: $error"
                return
            fi
        done <"$file"
        rm "$file"
    done
}

# What changed is counted from the release of which it was written down last, so nothing is lost in between. Of what was
# there before the first time, or before a release that is there no more, nobody is told.
current=$(readlink "$public/current")
current=${current##*/}
since=$(cat "$state/told" 2>/dev/null || true)
if [ "$since" != "$current" ]; then
    if [ -n "$since" ] && [ -d "$public/releases/$since" ]; then
        if [ -n "$indexnow" ]; then
            write indexnow
        fi
        if [ -n "$hub" ]; then
            write websub
        fi
    fi
    printf '%s\n' "$current" >"$state/told.new"
    mv "$state/told.new" "$state/told"
fi
if [ -n "$indexnow" ]; then
    send indexnow "$indexnow" 'application/json; charset=utf-8'
fi
if [ -n "$hub" ]; then
    send websub "$hub" application/x-www-form-urlencoded
fi
find "$waiting" -type f -mtime +7 -exec rm {} +
