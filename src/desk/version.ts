// Versions of the product as people write them: 9, 9.0, 9.0.1.

const parts = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/**
 * Whether `version` is older than `current`, which may be named less precisely: against `9.0`, 9.0.4 is not older, and
 * neither is 9, for whoever writes so says nothing of the rest.
 */
export function isOlder(version: string, current: string): boolean {
  const [ours, theirs] = [parts(version), parts(current)];
  for (let at = 0; at < Math.min(ours.length, theirs.length); at++) {
    const difference = ours[at]! - theirs[at]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
