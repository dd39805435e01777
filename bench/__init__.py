"""跑分: the figures of the house, each printed beside a floor measured in the same run."""
