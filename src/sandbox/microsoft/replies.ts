import { randomUUID } from 'node:crypto';
import { escapeHtml } from '../../core/text/escapeHtml.ts';

export function jsonReply(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', 'x-ms-request-id': randomUUID() } });
}

/** An error in the form of Entra's: its code, words with a number, and what to quote to support. */
export function refusal(error: string, code: number, words: string, more: Record<string, unknown> = {}): Response {
  const trace = randomUUID();
  const description = `AADSTS${code}: ${words} Trace ID: ${trace} Correlation ID: ${randomUUID()} Timestamp: ${new Date().toISOString()}`;
  const body = { error, error_description: description, error_codes: [code], trace_id: trace, ...more };
  return jsonReply(body, error === 'invalid_client' ? 401 : 400);
}

export function htmlReply(title: string, body: string): Response {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`;
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}

/** A form that sends these fields, and what a person fills in or presses. */
export function form(action: string, fields: Readonly<Record<string, string>>, inner: string): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(action)}">${hidden.join('')}${inner}</form>`;
}

export function button(name: string, value: string, label: string): string {
  return `<p><button name="${escapeHtml(name)}" value="${escapeHtml(value)}">${escapeHtml(label)}</button></p>`;
}
