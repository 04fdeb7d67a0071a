# Sourced by the scripts beside it: makes the checkout able to run. Everything lands in .venv, node_modules and
# .cache; the machine's own index and proxy settings are used as they are.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# Run a command and tell how long it took: timed NAME COMMAND…
timed() {
  local name=$1 start=$SECONDS status=0
  shift
  "$@" || status=$?
  say "[$name: $((SECONDS - start)) s]"
  return "$status"
}

# Install Debian packages where that is possible without asking: debian PACKAGE…
debian() {
  local run=()
  if [[ $(id -u) != 0 ]]; then
    sudo -n true 2>/dev/null || return 1
    run=(sudo -n)
  fi
  command -v apt-get >/dev/null || return 1
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1 && return
  "${run[@]}" apt-get update -qq >/dev/null 2>&1 || true
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

need_python() {
  local probe='import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'
  python3 -c "$probe" 2>/dev/null || debian python3 python3-venv || true
  python3 -c "$probe" 2>/dev/null ||
    die "Python 3.11 or newer with venv and pip is needed: as root, apt-get install python3 python3-venv"
}

stamp_of() { cat "$@" pyproject.toml | sha256sum; }

# Make .venv hold one lock file and this project: python_env LOCK
python_env() {
  local lock=$1 stamp
  stamp=.venv/.$lock
  [[ -f $stamp && $(stamp_of "$lock") == "$(<"$stamp")" ]] && return
  need_python
  if [[ -f $stamp || ! -x .venv/bin/python ]]; then
    python3 -m venv --clear .venv
  fi
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
  stamp_of "$lock" >"$stamp"
}

# Make node_modules hold package-lock.json.
node_env() {
  command -v npm >/dev/null || debian nodejs npm ||
    die "Node.js 18 or newer with npm is needed: as root, apt-get install nodejs npm; or run with --without-browser"
  local stamp=node_modules/.stamp
  [[ -f $stamp && $(sha256sum <package-lock.json) == "$(<"$stamp")" ]] && return
  npm ci --silent --no-audit --no-fund
  sha256sum <package-lock.json >"$stamp"
}

browser() {
  command -v chromium >/dev/null || debian chromium ||
    die "Chromium is needed: as root, apt-get install chromium; or run with --without-browser"
}
