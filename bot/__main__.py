"""``python -m bot`` is the same as the command ``themenbote``."""

import sys

from bot.cli import main

sys.exit(main())
