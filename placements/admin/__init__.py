from placements.admin.placements import PlacementAdmin

__all__ = ["PlacementAdmin"]
