"""印制跑分: `python -m bench.prints`."""

from bench.prints.measures import figures

if __name__ == "__main__":
    for figure in figures():
        print(figure.words)
