"""办事目录的命令: what is done with the catalogue, and with what it prints, from the shell."""

from services_catalog.commands.catalogue import BATCH, group
from services_catalog.commands.prints import printing

__all__ = ["BATCH", "group", "printing"]
