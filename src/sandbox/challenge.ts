/** The header of a refusal for lack of claims, as conditional access sends it: the token must be asked for with them. */
export function challengeHeader(claims: string): Record<string, string> {
  const encoded = Buffer.from(claims).toString('base64');
  const authorize = 'https://login.microsoftonline.com/common/oauth2/authorize';
  return {
    'www-authenticate': `Bearer realm="", authorization_uri="${authorize}", error="insufficient_claims", claims="${encoded}"`,
  };
}
