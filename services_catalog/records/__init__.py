"""办事目录 as stored: items and their versions, how people look for them, what is printed."""

from services_catalog.records.items import EverydayName, ItemVersion, Material, ServiceItem

__all__ = ["EverydayName", "ItemVersion", "Material", "ServiceItem"]
