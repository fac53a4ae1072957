# Sourced by ./eyeslots and ./test: installs what is missing and builds what is out of date. Says what it does; does nothing twice.

say() { printf '%s\n' "$*" >&2; }

# need TEST PACKAGE…: installs the packages unless the test succeeds.
need() {
    local test=$1
    shift
    if ! eval "$test" >/dev/null 2>&1; then missing+=("$@"); fi
}

install_missing() {
    [ ${#missing[@]} -gt 0 ] || return 0
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    command -v apt-get >/dev/null || { say "These packages are missing and there is no apt-get to install them: ${missing[*]}"; exit 1; }
    say "Installing with apt: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
        { $sudo apt-get update -qq && $sudo apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null; } ||
        { say "apt could not install ${missing[*]}; install them by hand and run this again."; exit 1; }
    missing=()
}

# What building needs: a C compiler, libjpeg-turbo's headers, patchelf.
install_build_tools() {
    command -v dotnet >/dev/null || { say "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"; exit 1; }
    missing=()
    need 'command -v gcc && [ -e /usr/include/stdio.h ]' gcc libc6-dev
    need '[ -e /usr/include/jpeglib.h ]' libjpeg-dev
    need 'command -v patchelf' patchelf
    install_missing
}

# Lets programs that are compiled just in time find .NET where it is not installed in the usual places.
export_dotnet_root() {
    local root
    root=$(dirname "$(readlink -f "$(command -v dotnet)")") || return 0
    if [ -z "${DOTNET_ROOT:-}" ] && [ -d "$root/shared/Microsoft.NETCore.App" ]; then export DOTNET_ROOT=$root; fi
}

# out_of_date STAMP PATH…: whether a source is newer than the stamp.
out_of_date() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -type f -print -quit)" ]
}
