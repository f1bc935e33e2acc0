"""The registry in use: acts on organizations and their context, staff, appointments and bodies."""
