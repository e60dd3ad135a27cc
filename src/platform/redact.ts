/** Texts for the log: tokens and e-mail addresses in them become marks, wherever they came from. */
export function redact(text: string): string {
  return (
    text
      // Before the names of fields: what follows the first blank in a key would be taken for other text.
      .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?/g, '‹key›')
      .replace(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 ‹token›')
      .replace(/\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, '‹token›')
      .replace(/\brt_[\w.-]{10,}/g, '‹token›')
      .replace(
        /\b(access_?token|refresh_?token|id_?token|client_?secret|private_?key|assertion|code_?verifier)(["']?\s*[=:]\s*["']?)[^\s&"',;]+/gi,
        '$1$2‹secret›',
      )
      .replace(/\b((?:device_)?code=)[^\s&"']+/gi, '$1‹secret›')
      .replace(/[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:]+/g, '‹e-mail›')
  );
}
