"""Linear mixed models from sums of groups: pupils in classes, schools and municipalities, without rows of pupils.

The cost of a fit depends on the number of groups, not of pupils: Aitkin & Longford 1986, JRSS A 149:1; Bates et al.
2015, JSS 67(1).
"""
