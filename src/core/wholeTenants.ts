import type { Event } from './event.ts';
import type { Completeness } from './model.ts';

/**
 * Whole-tenant loads that a person started: with who is in no group, and they go on by themselves after a wait.
 */
export interface WholeTenants {
  /**
   * As `Sync.loadAll`. When the service asks for a long wait, or cannot be reached, it resolves and reading goes on by
   * itself later, until it is complete or fails for another reason.
   */
  load(tenantId: string, signal: AbortSignal): Promise<Completeness>;
  /** When reading goes on, ISO 8601; nothing where it does not wait. */
  waitsUntil(tenantId: string): string | undefined;
  /** It waits because the service cannot be reached, rather than because the service asked it to. */
  isOffline(tenantId: string): boolean;
  /** Stops reading and waiting. */
  cancel(tenantId: string): void;
  /** A tenant's waiting began or ended. */
  readonly onDidChange: Event<string>;
  dispose(): void;
}
