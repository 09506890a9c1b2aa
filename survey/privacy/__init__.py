"""What people may ask of their answers (see them, have them deleted), and how long anything is kept."""
