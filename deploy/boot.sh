#!/bin/bash
# The first step of a machine: fetches the program by its SHA-256 and starts `eyeslots node`, which does all else. A template's user data is
# this file behind its settings, a line `export EYESLOTS_…=…` for each and no secret among them. What fails here is said on the console, in
# failed/INSTANCE of the mailbox, and to CloudFormation where a stack waits for this machine (not for workers).
set -euo pipefail
: "${EYESLOTS_REGION:?}" "${EYESLOTS_BUCKET:?}" "${EYESLOTS_CLUSTER:?}" "${EYESLOTS_ROLE:?}" "${EYESLOTS_STACK:?}" "${EYESLOTS_PROGRAM_SHA256:?}"
export EYESLOTS_HOME=${EYESLOTS_HOME:-/var/lib/eyeslots}
imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254} instance='' key=''

say() { echo "eyeslots: $1" >&2; { echo "eyeslots: $1" >/dev/console; } 2>/dev/null || :; }
ask() { curl -sf -m 5 --retry 5 --retry-connrefused -H "X-aws-ec2-metadata-token: $token" "${imds%/}/latest/$1"; }
field() { sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p' <<<"$role"; }
hash() { printf %s "$1" | sha256sum | cut -c -64; }

# signed SERVICE BODY ARGUMENT…: the keys go to curl by its standard input, for everybody can read arguments.
signed() {
    printf 'user = "%s:%s"\nheader = "x-amz-security-token: %s"\n' "$key" "$(field SecretAccessKey)" "$(field Token)" |
        curl -sSf --connect-timeout 10 --retry 6 --retry-connrefused --config - --aws-sigv4 "aws:amz:$EYESLOTS_REGION:$1" -H "x-amz-content-sha256: $(hash "$2")" "${@:3}"
}

fail() {
    say "${instance:-this machine} failed: $1"
    if [ -n "$key" ]; then
        signed s3 "$1" -o /dev/null -X PUT -H 'If-None-Match: *' --data-binary "$1" "$s3/$EYESLOTS_BUCKET/clusters/$EYESLOTS_CLUSTER/failed/$instance" || :
        body="Action=SignalResource&Version=2010-05-15&StackName=$EYESLOTS_STACK&LogicalResourceId=${EYESLOTS_RESOURCE:-}&UniqueId=$instance&Status=FAILURE"
        [ "$EYESLOTS_ROLE" = worker ] || signed cloudformation "$body" -o /dev/null --data-binary "$body" "$cloudformation/" || :
    fi
    exit 1
}

silent="the instance's metadata (IMDSv2) does not answer"
token=$(curl -sf -m 5 --retry 5 --retry-connrefused -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "${imds%/}/latest/api/token") || fail "$silent"
instance=$(ask meta-data/instance-id) || fail "$silent"
domain=$(ask meta-data/services/domain) || fail "$silent"
role=$(ask "meta-data/iam/security-credentials/$(ask meta-data/iam/security-credentials/)") || fail "the instance has no role, so it can fetch nothing"
key=$(field AccessKeyId)
s3=${AWS_ENDPOINT_URL_S3:-${AWS_ENDPOINT_URL:-https://s3.$EYESLOTS_REGION.$domain}} s3=${s3%/}
cloudformation=${AWS_ENDPOINT_URL_CLOUDFORMATION:-${AWS_ENDPOINT_URL:-https://cloudformation.$EYESLOTS_REGION.$domain}} cloudformation=${cloudformation%/}

mkdir -p "$EYESLOTS_HOME"
disk=$(lsblk -dpno NAME,MODEL 2>/dev/null | awk '/Instance Storage/ { print $1; exit }' || :)
if [ -n "$disk" ] && ! grep -q " $EYESLOTS_HOME " /proc/mounts; then
    { mkfs.xfs -q -f "$disk" && mount "$disk" "$EYESLOTS_HOME"; } || fail "the instance store $disk cannot be used"
fi

archive=$EYESLOTS_HOME/eyeslots.tar.gz program=$EYESLOTS_HOME/program
why=$(signed s3 '' -o "$archive" "$s3/$EYESLOTS_BUCKET/artifacts/$EYESLOTS_PROGRAM_SHA256/eyeslots.tar.gz" 2>&1) ||
    fail "the program artifacts/$EYESLOTS_PROGRAM_SHA256/eyeslots.tar.gz cannot be fetched: ${why//$'\n'/ }"
sha256sum --status -c <<<"$EYESLOTS_PROGRAM_SHA256  $archive" || fail "the program that was fetched has another SHA-256 than $EYESLOTS_PROGRAM_SHA256"
mkdir -p "$program"
why=$(tar -xzf "$archive" -C "$program" --no-same-owner 2>&1) || fail "the program cannot be unpacked: ${why//$'\n'/ }"

[ -d /run/systemd/system ] || exec "$program/eyeslots" node
settings=()
for name in "${!EYESLOTS_@}" "${!AWS_@}"; do settings+=("--setenv=$name=${!name}"); done
exec systemd-run --quiet --unit=eyeslots-node -p Restart=on-abnormal -p StandardOutput=journal+console -p StandardError=journal+console "${settings[@]}" "$program/eyeslots" node
