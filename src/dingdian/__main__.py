"""``python -m dingdian``: the same as the ``dingdian`` command."""

from dingdian.cli import main

if __name__ == "__main__":
    main()
