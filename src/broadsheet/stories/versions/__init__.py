"""A story's versions: what each says, how two differ word by word, and how two that went apart become one."""
