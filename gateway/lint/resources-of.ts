/** Resources of API Gateway: every path that leads to a path, the root among them. */
export function resourcesOf(paths: readonly string[]): number {
  const resources = new Set(['']);
  for (const path of paths) {
    const segments = path.split('/').filter(segment => segment !== '');
    for (const [index] of segments.entries()) resources.add(segments.slice(0, index + 1).join('/'));
  }
  return resources.size;
}
