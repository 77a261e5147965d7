"""Goals as code: one file, JSON or YAML, that describes a company and can be applied again and again."""
