# Sourced by ./stillwatch, ./stillwatch-bench and ./test, which set $root: checks the platform and builds, one build at a time, with progress on stderr.

readonly room_mb=1500
readonly stamp="$root/artifacts/.built"
readonly log="$root/artifacts/build.log"
readonly cli="$root/artifacts/bin/Stillwatch.Cli/release/Stillwatch.Cli.dll"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() { say "$*"; exit 1; }

# Whether the command line was built after the last change of anything it is built from. A folder counts too: a file was removed.
fresh() {
  [[ -f $cli && -f $stamp && -f $root/node_modules/.package-lock.json ]] || return 1
  local changed
  changed=$(find "$root"/{src,eng,Directory.Build.props,Directory.Build.targets,Directory.Packages.props,global.json,package-lock.json} \
    -newer "$stamp" -print -quit) && [[ -z $changed ]]
}

check_platform() {
  local kind; kind="$(uname -s) $(uname -m)"
  [[ $kind == "Linux x86_64" ]] ||
    die "Stillwatch runs on Linux x64 with glibc only, because its ClickHouse engine is built for nothing else; this is $kind."
  getconf GNU_LIBC_VERSION >/dev/null 2>&1 ||
    die "Stillwatch needs glibc, because its ClickHouse engine is built for it; this Linux has another C library (musl?)."
}

check_dotnet() {
  local where="https://dotnet.microsoft.com/download/dotnet/10.0" version others
  command -v dotnet >/dev/null ||
    die "the .NET 10 SDK is needed and dotnet is not on PATH: install it from $where and run again."
  version=$(cd "$root" && dotnet --version 2>/dev/null) || true
  [[ $version == 10.* ]] && return
  others=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')
  die "the .NET 10 SDK is needed, but dotnet has ${others:-no SDK at all, only a runtime}: install it from $where and run again."
}

check_assets() {
  [[ -f $root/node_modules/.package-lock.json ]] && return
  local version
  command -v npm >/dev/null ||
    die "npm is needed and not on PATH, because the ClickHouse engine comes as an npm package: install Node.js 20 or newer and run again."
  version=$(node --version 2>/dev/null) || die "npm is there but node does not run: install Node.js 20 or newer and run again."
  (( $(sed 's/^v\([0-9]*\).*/\1/' <<<"$version") >= 20 )) || die "Node.js 20 or newer is needed; this is $version."
  check_room
}

check_room() {
  local free_mb; free_mb=$(df -Pm "$root" | awk 'END { print $4 }')
  (( free_mb >= room_mb )) ||
    die "the first build needs about $room_mb MB in $root and only $free_mb MB are free there: free some room and run again."
}

# build PROJECT [ARGUMENT...]: the arguments go to dotnet build.
build() {
  mkdir -p "$root/artifacts" 2>/dev/null && [[ -w $root/artifacts ]] ||
    die "the build writes to $root/artifacts and may not: run as the owner of $root."
  exec 9>"$root/artifacts/.lock"
  flock -n 9 || { say "another build is running here; waiting for it"; flock 9; }
  if [[ ${1-} == --unless-fresh ]]; then
    fresh && { exec 9>&-; return; }
    shift
  fi
  check_platform; check_dotnet; check_assets
  touch "$stamp.next" || die "$root/artifacts cannot be written: is the disk full?"
  build_watched "$@"
  mv "$stamp.next" "$stamp" || die "$stamp cannot be written."
  exec 9>&-
}

# The build's own processes get neither the terminal nor the lock: nothing that lingers may hold what our caller waits for. They are
# a process group of their own, so that Ctrl-C ends all of them, npm too.
build_watched() {
  local status=0
  (cd "$root" && exec setsid dotnet build "$@" -c Release -v q -nologo -nodeReuse:false -p:UseSharedCompilation=false) \
    >"$log" 2>&1 </dev/null 9>&- &
  local builder=$!
  trap 'kill -- "-$builder" 2>/dev/null; wait "$builder" || true; exit 130' INT TERM
  show_progress "$builder"
  wait "$builder" || status=$?
  trap - INT TERM
  (( status == 0 )) || { explain_build; exit 1; }
}

# One line that is rewritten on a terminal; else a line when the work changes and one every 20 s.
show_progress() {
  local seconds=0 doing last=""
  while kill -0 "$1" 2>/dev/null; do
    doing=$(phase)
    if [[ -t 2 ]]; then
      printf '\r\e[K%s: %s (%d s)' "${0##*/}" "$doing" "$seconds" >&2
    elif [[ ${doing%% *} != "${last%% *}" ]] || (( seconds % 20 == 0 )); then
      say "$doing"
    fi
    last=$doing
    sleep 1
    (( seconds += 1 ))
  done
  [[ ! -t 2 ]] || printf '\r\e[K' >&2
}

phase() {
  if [[ -f $root/node_modules/.package-lock.json ]]; then
    printf 'building'
  else
    local restored_mb; restored_mb=$(du -sm "$root/node_modules" 2>/dev/null | cut -f1) || true
    printf 'fetching native assets, once: %d of about 700 MB' "${restored_mb:-0}"
  fi
}

# Our own errors (SW...) are sentences for the user; of others the first ones are shown and the log is named.
explain_build() {
  local own; own=$(sed -n 's/.*error SW[0-9]*: \(.*\) \[[^]]*\]$/\1/p' "$log" | head -n 1)
  if [[ -n $own ]]; then
    say "$own"
  elif grep -q 'error NU1301' "$log"; then
    say "NuGet could not reach its package source: check the network and the proxy settings, then run again ($log)."
  elif grep -q 'No space left on device' "$log"; then
    say "the disk is full: free some room for $root and NuGet's cache, then run again ($log)."
  else
    say "the build failed:"
    { grep -E ': (error|warning) ' "$log" || tail -n 20 "$log"; } | sort -u | head -n 20 >&2
    say "all it said is in $log"
  fi
}
