import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import type { Tenants } from '../core/tenants/tenants.ts';
import type { Sandbox } from './server.ts';

/** The sample tenants' server, which runs from its first use until the window closes. */
export interface SampleServer {
  /** Its origin; starts it when it does not run. @throws AppError `unavailable` */
  origin(): Promise<string>;
  /** Adds the sample tenants that are not there yet, and signs those in that are. @throws AppError `unavailable` */
  open(tenants: Tenants, held: () => readonly TenantRecord[]): Promise<void>;
  close(): Promise<void>;
}

export function createSampleServer(): SampleServer {
  let running: Promise<Sandbox> | undefined;
  let opening: Promise<void> | undefined;

  function start(): Promise<Sandbox> {
    running ??= startLazily().catch((error: unknown) => {
      running = undefined;
      throw new AppError('unavailable', 'The server of the sample tenants could not be started.', { cause: error });
    });
    return running;
  }

  async function addMissing(tenants: Tenants, held: () => readonly TenantRecord[]): Promise<void> {
    const { connections } = await start();
    for (const connection of connections) {
      const path = pathOf(connection.endpoint);
      const sample = held().find(({ isSample, connection: { endpoint } }) => isSample && pathOf(endpoint) === path);
      if (!sample) await tenants.add(connection, { isSample: true });
      // Its token may be gone while its row is not: it was signed out, or a browser keeps the secrets and this is another.
      else await tenants.edit(sample.id, { auth: connection.auth });
    }
  }

  return {
    origin: async () => (await start()).origin,
    open: (tenants, held) => {
      // Two clicks open one set of samples.
      opening ??= addMissing(tenants, held).finally(() => {
        opening = undefined;
      });
      return opening;
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
