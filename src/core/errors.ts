/** What went wrong, in the project's own terms; every failure has exactly one. */
export type ErrorKind =
  | 'notSignedIn'
  | 'forbidden'
  | 'notFound'
  | 'throttled'
  | 'unavailable'
  | 'offline'
  | 'timeout'
  | 'badResponse'
  | 'cancelled'
  | 'conflict'
  | 'invalid';

/** Why the project's own store could not be used; the kind is `unavailable` then. */
export type StoreFault = 'busy' | 'full' | 'readOnly' | 'disk' | 'unopened' | 'damaged' | 'other';

const brand = 'tenantExplorer.AppError';

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** When trying again makes sense, as the service said; only with kinds `throttled` and `unavailable`. */
  readonly retryAt?: Date;
  /** The reply ended early, so reading again may help. */
  readonly isCutOff?: boolean;
  /** HTTP status of the reply, where there was one. */
  readonly status?: number;
  /** Nothing was sent, because too much failed just before. */
  readonly isCircuitBroken?: boolean;
  /** The claims, as JSON, that the service's challenge wants in a new token. */
  readonly claims?: string;
  /** It is this computer's fault, no service's. */
  readonly storeFault?: StoreFault;
}

/** The one error of the project. `message` is plain words and contains the service's own message where it sent one. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly retryAt: Date | undefined;
  readonly isCutOff: boolean;
  readonly status: number | undefined;
  readonly isCircuitBroken: boolean;
  readonly claims: string | undefined;
  readonly storeFault: StoreFault | undefined;
  readonly brand = brand;

  constructor(kind: ErrorKind, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.retryAt = options.retryAt;
    this.isCutOff = options.isCutOff ?? false;
    this.status = options.status;
    this.isCircuitBroken = options.isCircuitBroken ?? false;
    this.claims = options.claims;
    this.storeFault = options.storeFault;
  }
}

/** A brand check, not `instanceof`: test and extension bundles hold separate copies of the class. */
export function isAppError(error: unknown, kind?: ErrorKind): error is AppError {
  return (
    error instanceof Error &&
    (error as Partial<AppError>).brand === brand &&
    (kind === undefined || (error as AppError).kind === kind)
  );
}

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** Any thrown value as an AppError; what is not ours (an external provider, a bug) becomes `badResponse`. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return new AppError('cancelled', 'Cancelled.', { cause: error });
  return new AppError('badResponse', error instanceof Error ? error.message : String(error), { cause: error });
}

/** An AppError as plain data: errors lose their fields on the way between threads. */
export interface ErrorData {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly retryAt?: string;
  readonly isCutOff?: boolean;
  readonly storeFault?: StoreFault;
}

/** What it takes to say in a person's words what went wrong. */
export interface Fault {
  readonly kind: ErrorKind;
  readonly storeFault?: StoreFault | undefined;
}

export function toErrorData(error: unknown): ErrorData {
  const { kind, message, retryAt, isCutOff, storeFault } = toAppError(error);
  return {
    kind,
    message,
    ...(retryAt ? { retryAt: retryAt.toISOString() } : {}),
    ...(isCutOff ? { isCutOff } : {}),
    ...(storeFault ? { storeFault } : {}),
  };
}

export function fromErrorData(data: ErrorData): AppError {
  return new AppError(data.kind, data.message, {
    ...(data.retryAt ? { retryAt: new Date(data.retryAt) } : {}),
    ...(data.isCutOff ? { isCutOff: true } : {}),
    ...(data.storeFault ? { storeFault: data.storeFault } : {}),
  });
}
