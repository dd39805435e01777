"""结论: what a piece of chaos found, and whether its control could fail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise: what was done, the breaches found, and the breaches its control found."""

    promise: str
    done: str
    breaches: dict[str, int]
    #: breaches of a deliberately wrong variant: none means that the check cannot fail
    control: int

    @property
    def is_kept(self) -> bool:
        """Say whether the promise held and the check could have told otherwise."""
        return not any(self.breaches.values()) and self.control > 0

    @property
    def words(self) -> str:
        """Return the verdict as it is printed."""
        found = ", ".join(f"{number} {name}" for name, number in self.breaches.items())
        kept = "kept" if self.is_kept else "BROKEN"
        return f"{self.promise}: {kept}; {self.done}; {found}; control found {self.control}"
