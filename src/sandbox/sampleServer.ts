import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import type { Tenants } from '../core/tenants.ts';
import type { Sandbox } from './server.ts';

/** The sample tenants' server, which runs from its first use until the window closes. */
export interface SampleServer {
  /** Its origin; starts it when it does not run. @throws AppError `unavailable` */
  origin(): Promise<string>;
  /** Adds the sample tenants that are not there yet. @throws AppError `unavailable` */
  open(tenants: Tenants, held: readonly TenantRecord[]): Promise<void>;
  close(): Promise<void>;
}

export function createSampleServer(): SampleServer {
  let running: Promise<Sandbox> | undefined;

  function start(): Promise<Sandbox> {
    running ??= startLazily().catch((error: unknown) => {
      running = undefined;
      throw new AppError('unavailable', 'The server of the sample tenants could not be started.', { cause: error });
    });
    return running;
  }

  return {
    origin: async () => (await start()).origin,
    open: async (tenants, held) => {
      const { connections } = await start();
      const paths = new Set(
        held.filter(({ isSample }) => isSample).map(({ connection }) => pathOf(connection.endpoint)),
      );
      for (const connection of connections) {
        if (!paths.has(pathOf(connection.endpoint))) await tenants.add(connection, { isSample: true });
      }
    },
    close: async () => {
      await (await running?.catch(() => undefined))?.close();
      running = undefined;
    },
  };
}

/** Its own bundle: nobody who does without samples pays for their server. */
async function startLazily(): Promise<Sandbox> {
  const { startSandbox } = await import('./server.ts');
  return startSandbox();
}

/** A sample tenant is known by its path: its server has another port each time. */
function pathOf(endpoint: string | undefined): string | undefined {
  return endpoint === undefined ? undefined : new URL(endpoint).pathname;
}
