"""Ends with 0 where the web process of this machine answers /healthz. The container's health check runs it."""

import os
from http.client import HTTPConnection
from urllib.parse import urlsplit


def main() -> int:
    port = int(os.environ.get("PORT") or 8000)
    host = urlsplit(os.environ.get("BASE_URL") or "").netloc or f"127.0.0.1:{port}"
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    connection.request("GET", "/healthz", headers={"Host": host})  # any other Host would be refused
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    raise SystemExit(main())
