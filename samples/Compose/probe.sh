#!/usr/bin/env bash
# probe.sh [HOST [PORT]]: succeeds if the emulator is ready. Needs neither curl nor wget.
exec 3<> "/dev/tcp/${1:-127.0.0.1}/${2:-9229}" || exit 1
printf 'GET /health HTTP/1.0\r\n\r\n' >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
