"""Step 2. Plans, terms, tasks, network schedule, analysis of execution."""
