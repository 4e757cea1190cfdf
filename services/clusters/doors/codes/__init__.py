"""The code on the wall of a staff room: who types it says who they are, and is asked into the school."""
