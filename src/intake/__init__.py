"""HOW files are read: layouts of result files → rows. Pure: knows neither Django nor `qualimetry`."""
