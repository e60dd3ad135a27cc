import type { AccessView } from '../core/access/accessView.ts';
import type { FindingsView } from '../core/findings/findingsView.ts';
import type { Logger } from '../core/logger.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { ReportSource } from '../core/report/reportSource.ts';
import type { Snapshots } from '../core/savedSnapshots.ts';
import type { SnapshotWithReads } from '../core/snapshot.ts';
import type { StoreReader, StoreWriter } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { Tenants } from '../core/tenants/tenants.ts';
import type { Translate } from '../core/text/translate.ts';
import type { TreeActions } from '../core/treeActions.ts';
import type { Ui } from '../core/ui.ts';
import type { WholeTenants } from '../core/wholeTenants.ts';
import type { GrantsToExport } from '../export/exportThread.ts';
import type { Exported } from '../export/writeExport.ts';

/** Everything that a command may use. */
export interface CommandDeps {
  readonly ui: Ui;
  readonly tenants: Tenants;
  readonly sync: Sync;
  readonly wholeTenants: WholeTenants;
  readonly snapshots: Snapshots;
  readonly reader: StoreReader;
  readonly tree: TreeActions;
  readonly access: AccessView;
  /** The view "Findings". */
  findings(): Promise<FindingsView>;
  /** Opens the report's page, or the one that is open for the same. */
  showReport(source: ReportSource): Promise<void>;
  readonly ignoreFindings: StoreWriter['ignoreFindings'];
  readonly log: Logger;
  readonly t: Translate;
  /** Puts a group first in its tenant, or back in its place. @throws AppError `notFound` for one that is gone */
  setPinned(tenantId: string, groupId: string, isPinned: boolean): Promise<void>;
  /** Says whether a tenant's access may be changed; a tenant is read-only until then. */
  allowChanges(tenantId: string, isAllowed: boolean): Promise<void>;
  /** A time, ISO 8601, as the user reads times. */
  time(iso: string): string;
  /** What is stored, as it is now; nothing where nothing is. @throws AppError `unavailable` */
  openSnapshot(): Promise<SnapshotWithReads | undefined>;
  /** Writes grants to a file, in a thread of its own; see `exportInThread`. */
  exportGrants(grants: GrantsToExport, signal: AbortSignal): Promise<Exported>;
  /** Whether signing in to UiPath names the organization, so that it must be known before. */
  sendsOrganization(): boolean;
  /** All providers, registered ones included. */
  providers(): readonly Provider[];
  /** Starts the sample server when it is not running and adds its tenants that are not there yet. */
  openSamples(signal: AbortSignal): Promise<void>;
}

export interface Command {
  /** Without the extension's prefix. */
  readonly name: string;
  /** `args` as VS Code hands them: unchecked. Aborted by nothing but the extension's end. */
  run(deps: CommandDeps, args: readonly unknown[], signal: AbortSignal): Promise<unknown>;
}
