"""`python -m ascension.conformance DIR`: the campaign's JSON, for use without the command line."""

import json
import sys
from pathlib import Path

from ascension.conformance import campaign

if __name__ == "__main__":
    result = campaign.run(Path(sys.argv[1]))
    print(json.dumps(result.as_json(), indent=1, default=str))
    sys.exit(0 if result.exact else 1)
