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

# Tell whether a stamp was made from a file as it is now: fresh STAMP FILE
fresh() { [[ -f $1 && $(sha256sum <"$2") == "$(<"$1")" ]]; }

pip_install() { .venv/bin/python -m pip install -qq --disable-pip-version-check "$@"; }

# Make .venv hold one lock file and this project: python_env LOCK
python_env() {
  local lock=$1 locked=.venv/.$1 ours=.venv/.pyproject
  if [[ ! -x .venv/bin/python ]] || ! fresh "$locked" "$lock"; then
    need_python
    if [[ -f $locked || ! -x .venv/bin/python ]]; then
      python3 -m venv --clear .venv
    fi
    pip_install --require-hashes -r "$lock"
    sha256sum <"$lock" >"$locked"
  fi
  if ! fresh "$ours" pyproject.toml; then
    pip_install --no-deps --no-build-isolation -e .
    sha256sum <pyproject.toml >"$ours"
  fi
}

# Make node_modules hold package-lock.json.
node_env() {
  command -v npm >/dev/null || debian nodejs npm ||
    die "Node.js 18 or newer with npm is needed: as root, apt-get install nodejs npm; or run with --without-browser"
  if ! fresh node_modules/.stamp package-lock.json; then
    npm ci --silent
    sha256sum <package-lock.json >node_modules/.stamp
  fi
}

browser() {
  command -v chromium >/dev/null || debian chromium ||
    die "Chromium is needed: as root, apt-get install chromium; or run with --without-browser"
}
