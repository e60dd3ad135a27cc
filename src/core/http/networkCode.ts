/** The code of what a network failure came from, however deep a fetch has wrapped it; empty where there is none. */
export function networkCodeOf(error: unknown): string {
  const { code, cause } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    cause?: unknown;
  };
  if (typeof code === 'string') return code;
  return cause === undefined || cause === null ? '' : networkCodeOf(cause);
}
