"""Runs every test beside this file and reports where others read it."""

import sys
import unittest

unittest.main(module=None, argv=["run.py", "discover"], testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=2))
