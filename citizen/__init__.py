"""The ground floor: everything that the four engagement ideas stand on."""
