# The side of a server in a publication over ssh. POSIX sh; besides POSIX it needs flock, rsync, and mv with -T
# or -h. sitegen sends it by ssh, and then a line for each thing to do; each answer ends with a line ".". When
# the connection ends, this script ends, and the system frees the lock. sitegen/releases/place.py tells what is ours.
set -eu
LC_ALL=C
export LC_ALL

description=.well-known/sitegen-release.json

fail() {
    printf 'error %s\n.\n' "$*"
    exit 1
}

# Every folder whose name is that of a release, oldest first.
list_names() {
    for path in [0-9]*; do
        if [ -d "$path" ] && [ ! -L "$path" ]; then
            printf '%s\n' "$path"
        fi
    done | grep -E '^[0-9]{8}-[0-9]{6}(-[0-9]+)?$' | sort -t - -k 1,1 -k 2,2 -k 3,3n
}

# A release of ours holds a description with its own name.
is_ours() {
    [ -f "$1/$description" ] && grep -q "\"id\": \"$1\"" "$1/$description"
}

# The next release replaces such a one (sitegen/releases/description.py).
is_provisional() {
    grep -q '"provisional": true' "$1/$description"
}

list_ours() {
    list_names | while read -r name; do
        if is_ours "$name"; then
            printf '%s\n' "$name"
        fi
    done
}

# The name of the release to which a link leads, as it is written.
read_link() {
    if [ -L "../$1" ]; then
        target=$(readlink "../$1")
        case $target in
            releases/*/*) ;;
            releases/*) printf '%s\n' "${target#releases/}" ;;
        esac
    fi
}

set_link() {
    rm -f .sitegen-link
    ln -s "$2" .sitegen-link
    mv -T .sitegen-link "../$1" 2>/dev/null || mv -h .sitegen-link "../$1"
}

switch() {
    before=
    if [ -L ../current ]; then
        before=$(readlink ../current)
    fi
    if [ -n "$before" ] && [ "$before" != "releases/$1" ]; then
        left=$(read_link current)
        if [ ! -L ../previous ] || [ -z "$left" ] || ! is_ours "$left" || ! is_provisional "$left"; then
            set_link previous "$before"
        fi
    fi
    set_link current "releases/$1"
    sync
}

drop() {
    if [ -e .sitegen-next ]; then
        mv "$1" .sitegen-gone
        rm -rf .sitegen-gone
    else
        mv "$1" .sitegen-next
    fi
    rm -f ".sitegen-$1.list"
}

# Keep the last ones, those to which links lead, and one more as a spare tree.
drop_releases() {
    current=$(read_link current)
    previous=$(read_link previous)
    ours=$(list_ours)
    surplus=$((-$1))
    for name in $ours; do
        if [ "$name" = "$current" ] || [ "$name" = "$previous" ] || ! is_provisional "$name"; then
            surplus=$((surplus + 1))
        else
            drop "$name"
        fi
    done
    for name in $ours; do
        if [ ! -d "$name" ]; then
            continue
        elif [ "$surplus" -gt 0 ] && [ "$name" != "$current" ] && [ "$name" != "$previous" ]; then
            drop "$name"
        fi
        surplus=$((surplus - 1))
    done
}

tell() {
    printf 'current %s\n' "$(read_link current)"
    printf 'previous %s\n' "$(read_link previous)"
    list_names | while read -r name; do
        printf 'name %s\n' "$name"
        if is_ours "$name"; then
            printf 'release %s\n' "$(tr -d '\n' <"$name/$description")"
        fi
    done
    printf '.\n'
}

# Take the tree that rsync has made: the release $1 with $2 files, of which the last $3 are kept.
take() {
    [ ! -e "$1" ] || fail "$1 is there already"
    others=$(find .sitegen-next ! -type f ! -type d | wc -l)
    files=$(find .sitegen-next -type f | wc -l)
    if [ "$files" -ne "$2" ] || [ "$others" -ne 0 ]; then
        fail "$files files and $others others came, instead of $2 files"
    fi
    sync
    mv .sitegen-next "$1"
    switch "$1"
    drop_releases "$3"
    printf '.\n'
}

# This shell is called "make" where the folder may be new.
[ "$0" != make ] || mkdir -p "$1/releases" || fail "mkdir $1/releases"
cd "$1/releases" || fail "there are no releases"
command -v flock >/dev/null || fail 'there is no flock'
[ ! -L .sitegen-lock ] || rm -f .sitegen-lock
exec 9>>.sitegen-lock
if ! flock -n 9; then
    printf 'waiting\n'
    flock 9
fi
for link in current previous; do
    if [ -e "../$link" ] && [ ! -L "../$link" ]; then
        fail "$link is no link"
    fi
done
rm -rf .sitegen-gone
[ ! -L .sitegen-next ] || rm -f .sitegen-next
tell
while read -r act name count keep; do
    case $act in
        take) take "$name" "$count" "$keep" ;;
        switch)
            switch "$name"
            printf '.\n'
            ;;
        *) fail "unknown: $act" ;;
    esac
done
