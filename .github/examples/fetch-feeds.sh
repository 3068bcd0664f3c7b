#!/usr/bin/env bash
# Fetches feeds and uploads those that have changed as snapshots.
#
#   fetch-feeds.sh FEEDS BUCKET [STATE]
#
# FEEDS: a file with a line per feed: its name, a space and its URL. Lines that start with # are skipped.
# BUCKET: the stack's output BucketName.
# STATE: a folder for the ETags of the last fetch, so that an unchanged feed is not uploaded again.
# Ends with 1 if a feed could not be fetched or uploaded; the others are uploaded. Needs curl 7.70 and the AWS CLI.
set -uo pipefail
feeds=$1 bucket=$2 state=${3:-.fetch-state}
mkdir -p "$state"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
while read -r name url || [ -n "$name" ]; do
  case $name in '' | '#'*) continue ;; esac
  file=$work/$name etag=$state/$name.etag
  # The ETag is saved only after the upload, so that a feed that was not uploaded is fetched again.
  if ! curl --fail --silent --show-error --location --compressed --retry 2 --max-time 60 \
    --user-agent 'feedbell-example (+mailto:you@example.org)' \
    --etag-compare "$etag" --etag-save "$work/$name.etag" --output "$file" "$url"; then
    echo "$name: $url was not fetched" >&2
    status=1
  elif [ -s "$file" ]; then
    if aws s3 cp --only-show-errors "$file" "s3://$bucket/snapshots/$name/latest"; then
      mv "$work/$name.etag" "$etag"
    else
      echo "$name: $url was not uploaded" >&2
      status=1
    fi
  fi
done <"$feeds"
exit "$status"
