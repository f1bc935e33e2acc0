"""Russian for documents: cases of posts and names, order of names, typography.

Numbers, numerals and dates live in `qualimetry.narrative.russian`, which sentences need too; documents use the same.
"""

from msoko.foundation.documents.language.names import decline_name, initials
from msoko.foundation.documents.language.posts import decline_post, head_gender
from msoko.foundation.documents.language.sorting import sort_key
from msoko.foundation.documents.language.typography import bind, clean

__all__ = ["bind", "clean", "decline_name", "decline_post", "head_gender", "initials", "sort_key"]
