import type { ErrorKind, ListingState } from '../../../src/api.ts';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import type { Fault } from '../../support/fault.ts';
import {
  cutConnection,
  cutJson,
  html,
  ignoreSkip,
  json,
  pad,
  redirect,
  reset,
  silence,
  status,
  throttle,
} from '../../support/faults.ts';

/** A fault of the design's table, and what a first load without rows becomes by it. */
export interface TabledFault {
  readonly name: string;
  readonly fault: Fault;
  readonly state: ListingState;
  readonly kind: ErrorKind;
  /** How often a request is sent in all. */
  readonly tries: number;
  /** Only these services answer so. */
  readonly providers?: readonly SandboxTenant['provider'][];
  /** The service says when it may be asked again. */
  readonly hasTime?: true;
  /** The service lacks the route, as some installations do. */
  readonly isLack?: true;
  /** Tells nothing of requests that were sent in one: they are asked for one by one. */
  readonly isRefusal?: true;
  /** The listing goes on behind it, with so many rows less. */
  readonly costs?: 0 | 1;
  /** Means something only where rows came before, or only for the last rows. */
  readonly place?: 'later' | 'last';
  /** It shows only when the patience with the service is at its end. */
  readonly isSilent?: true;
}

/** Bytes that a reply may have while these faults are met. */
export const sizeCap = 256 * 1024;

const once = 1;
const twice = 2;
const again = 4;
const code = (name: string) => ({ error: { code: name, message: `The service says ${name}.` } });
const info = (name: string) => ({ headers: { 'content-length': '0', 'x-powerbi-error-info': name } });

function of(
  state: ListingState,
  kind: ErrorKind,
  tries: number,
  faults: Readonly<Record<string, Fault>>,
  more: Partial<TabledFault> = {},
): TabledFault[] {
  return Object.entries(faults).map(([name, fault]) => ({ name, fault, state, kind, tries, ...more }));
}

/** What stands in the place of the list in a reply. */
function inPlaceOfList(change: (list: readonly unknown[]) => unknown): Fault {
  return json((body) => {
    if (Array.isArray(body)) return change(body);
    const record = body as Record<string, unknown>;
    const key = ['value', 'results', 'members', 'responses'].find((name) => name in record) ?? '';
    const list = record[key];
    return { ...record, [key]: change(Array.isArray(list) ? list : []) };
  });
}

const powerbi = { providers: ['powerbi'] } as const;
const others = { providers: ['uipath', 'entra'] } as const;
const counted = { providers: ['powerbi', 'uipath'] } as const;
const odata = { providers: ['powerbi', 'entra'] } as const;
const moment = { headers: { 'retry-after-ms': '1' } };
const tomorrow = new Date(Date.now() + 24 * 3600 * 1000);

export const tabledFaults: readonly TabledFault[] = [
  ...of(
    'failed',
    'notSignedIn',
    once,
    {
      '403 TokenExpired': status(403, info('TokenExpired')),
      '403 InvalidToken': status(403, info('InvalidToken')),
      '403 without a word': status(403),
      '403 TokenExpired in the body': status(403, { body: code('TokenExpired') }),
    },
    powerbi,
  ),
  ...of(
    'denied',
    'forbidden',
    once,
    {
      '401 GroupNotAccessible': status(401, info('GroupNotAccessible')),
      '401 PowerBINotAuthorizedException': status(401, { body: code('PowerBINotAuthorizedException') }),
      '401 without a word': status(401),
    },
    powerbi,
  ),
  ...of('failed', 'notSignedIn', once, { '401': status(401) }, others),
  ...of('denied', 'forbidden', once, { '403': status(403, { body: { message: 'No right.' } }) }, { isRefusal: true }),
  ...of('failed', 'notFound', once, { '404': status(404) }, { isLack: true, isRefusal: true }),
  ...of(
    'failed',
    'invalid',
    once,
    { '400': status(400, { body: code('Bad') }), '422': status(422) },
    { isRefusal: true },
  ),
  ...of('failed', 'conflict', once, { '409': status(409) }, { isRefusal: true }),
  ...of('throttled', 'throttled', again, {
    '429 without a time': throttle(),
    '429 with garbage for a time': throttle('soon'),
  }),
  ...of('throttled', 'throttled', again, { '429 for a moment': status(429, moment) }, { hasTime: true }),
  ...of(
    'throttled',
    'throttled',
    once,
    {
      '429 for an hour': throttle(3600),
      '429 until tomorrow': throttle(tomorrow),
    },
    { hasTime: true },
  ),
  ...of(
    'failed',
    'unavailable',
    again,
    {
      '408': status(408),
      '500': status(500),
      '502': html(502),
      '504': status(504, { body: 'Gateway time-out' }),
    },
    { isRefusal: true },
  ),
  ...of(
    'failed',
    'unavailable',
    again,
    { '503 for a moment': status(503, moment) },
    { hasTime: true, isRefusal: true },
  ),
  ...of('failed', 'offline', again, { 'a reset': reset() }),
  ...of('failed', 'timeout', twice, { silence: silence() }, { isSilent: true }),
  ...of(
    'failed',
    'badResponse',
    once,
    {
      'a reply beyond the size cap': pad(sizeCap),
      'a redirect': redirect('/elsewhere'),
      'a web page': html(),
      'a text': status(200, { body: 'fine' }),
      'no body': status(200),
      'no content': status(204),
      '{}': json(() => ({})),
      null: json(() => null),
      'a number': json(() => 7),
      'an error in the clothes of a success': json(() => code('Oops')),
    },
    { isRefusal: true },
  ),
  ...of('failed', 'badResponse', once, { 'value: null': inPlaceOfList(() => null) }, { ...odata, isRefusal: true }),
  ...of(
    'failed',
    'badResponse',
    once,
    { 'a list of another shape': inPlaceOfList(() => ({ 0: 'x' })) },
    { isRefusal: true },
  ),
  ...of(
    'failed',
    'badResponse',
    again,
    { 'JSON cut off': cutJson(), 'a connection cut off': cutConnection() },
    { isRefusal: true },
  ),
  ...of(
    'partial',
    'badResponse',
    once,
    {
      'a malformed row': inPlaceOfList((list) => [...list.slice(0, -1), { nothing: 'that names it' }]),
    },
    { costs: 1 },
  ),
  ...of('partial', 'badResponse', once, { 'a page repeated': ignoreSkip() }, { ...counted, place: 'later' }),
  ...of(
    'partial',
    'badResponse',
    once,
    {
      'a further page elsewhere': json((body) => ({ ...(body as object), '@odata.nextLink': 'https://evil.example/' })),
    },
    { ...odata, costs: 0, place: 'last' },
  ),
];

/** Whether this service may answer so. */
export function isOf({ providers }: TabledFault, provider: SandboxTenant['provider']): boolean {
  return providers === undefined || providers.includes(provider);
}
