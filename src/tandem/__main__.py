"""`python -m tandem` is `tandem`."""

from tandem.config.cli import main

if __name__ == "__main__":
    main()
