"""The invented offices of the demo. Reads and writes every floor, which is why it stands on the top one."""
