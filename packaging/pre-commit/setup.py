"""Nothing to install: the hooks depend on the package `matterlint`, which has the program. pre-commit needs this file."""

from setuptools import setup

setup(name="matterlint-pre-commit", version="0", py_modules=[])
