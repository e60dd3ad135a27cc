/** The e-mail address or user principal name that a text is. */
export function emailIn(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed.length <= 320 && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(trimmed) ? trimmed : undefined;
}
