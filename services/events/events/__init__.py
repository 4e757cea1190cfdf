"""Events with their places, announced and cancelled."""
