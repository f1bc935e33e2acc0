"""Pages of the step «Нормативная база»."""
