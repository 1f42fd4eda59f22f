/** How much a document may ask of us before it is refused. Each limit is far beyond the largest real documents met. */
export const LIMITS = {
  /** Bytes of one file, 64 MB. GitHub's document has 13 MB. */
  bytes: 67_108_864,
  /** Levels of nesting. The deepest real documents stay below 60. */
  depth: 128,
  /** Lines and list items of YAML: its reader keeps about a kilobyte for each. GitHub's document would have 280,000. */
  yamlValues: 1_200_000,
  /** Values after YAML aliases are written out. */
  expandedNodes: 5_000_000,
  /** How many times larger than its own text a document may become through aliases. */
  expansion: 100,
} as const;
