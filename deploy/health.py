"""Whether the server in this container can serve: python -m deploy.health."""

import http.client
import os
import sys


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("STAFFROOM_PORT", "8000")), timeout=3)
    try:
        connection.request("GET", "/ready")
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
