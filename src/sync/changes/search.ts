import type { ChangePrincipal } from '../../core/changes/changes.ts';
import type { FoundPrincipals } from '../../core/changes/pipeline.ts';
import { AppError } from '../../core/errors.ts';
import type { TenantRecord } from '../../core/model.ts';
import { isServiceProvider, type ProviderDefinition } from '../../core/provider/provider.ts';
import { isSameDirectory } from '../../core/tenants/sameDirectory.ts';
import { foreignError } from '../foreignError.ts';
import { isConnectedAs } from '../isConnectedAs.ts';
import { checkCurrent } from '../read.ts';
import { remembering } from '../remembering.ts';
import type { ChangeDeps } from './deps.ts';
import { createSending } from './writing.ts';

/** Shorter texts find half a directory. */
const shortest = 2;

/** Asks the tenant's own service, else a directory tenant of the same directory. @throws AppError */
export async function searchPrincipals(
  deps: ChangeDeps,
  tenantId: string,
  text: string,
  signal: AbortSignal,
): Promise<FoundPrincipals> {
  const wanted = text.trim();
  const tenant = deps.reader.tenant(tenantId);
  if (!tenant || wanted.length < shortest) return { principals: [] };
  const own = deps.provider(tenant.provider);
  if (own && !isServiceProvider(own)) return askForeign(deps, own, tenant, wanted, signal);
  const asked = [tenant, ...directoriesOf(deps, tenant)];
  for (const one of asked) {
    const found = await askOne(deps, one, wanted, signal);
    if (found) return found;
  }
  return { principals: [], problem: 'No directory of this tenant is connected.' };
}

async function askForeign(
  deps: ChangeDeps,
  { writes }: ProviderDefinition,
  tenant: TenantRecord,
  text: string,
  signal: AbortSignal,
): Promise<FoundPrincipals> {
  if (!writes?.searchPrincipals) return { principals: [] };
  const { tokens, withoutTokens } = remembering(deps.tokens);
  const getToken = async () => {
    const token = await tokens.get(tenant.id);
    checkCurrent(() => isConnectedAs(deps.reader, tenant));
    return token;
  };
  const connection = await deps.connectionOf(tenant);
  try {
    return { principals: checkedPrincipals(await writes.searchPrincipals({ connection, signal, getToken }, text)) };
  } catch (thrown) {
    throw withoutTokens(foreignError(thrown));
  }
}

/** Another extension's rows: what is not of the form that it promised is left out. */
function checkedPrincipals(rows: unknown): readonly ChangePrincipal[] {
  if (!Array.isArray(rows)) throw new AppError('badResponse', 'The provider answered something else than a list.');
  return rows.flatMap((row: unknown) => {
    const { identifier, principalType, name, email, profileId, source } = Object(row) as Readonly<
      Record<string, unknown>
    >;
    if (typeof identifier !== 'string' || typeof principalType !== 'string') return [];
    return [
      {
        identifier,
        principalType,
        name: typeof name === 'string' ? name : identifier,
        ...(typeof email === 'string' ? { email } : {}),
        ...(typeof profileId === 'string' ? { profileId } : {}),
        ...(typeof source === 'string' ? { source } : {}),
      },
    ];
  });
}

/** Tenants that are the directory of this one, and that somebody is signed in to. */
function directoriesOf({ reader, provider }: ChangeDeps, tenant: TenantRecord): readonly TenantRecord[] {
  return reader.tenants().filter((one) => {
    const its = provider(one.provider);
    const isDirectory = its !== undefined && isServiceProvider(its) && its.isDirectory === true;
    return isDirectory && !one.isSignedOut && isSameDirectory(one, tenant);
  });
}

async function askOne(
  deps: ChangeDeps,
  tenant: TenantRecord,
  text: string,
  signal: AbortSignal,
): Promise<FoundPrincipals | undefined> {
  const provider = deps.provider(tenant.provider);
  if (!provider || !isServiceProvider(provider)) return undefined;
  const search = (await provider.writes?.())?.search;
  if (!search) return undefined;
  const { tokens, withoutTokens } = remembering(deps.tokens);
  const sending = createSending(
    { ...deps, tokens },
    {
      provider,
      tenantId: tenant.id,
      gate: deps.gateOf(tenant.id),
      signal,
      isCancelled: () => signal.aborted,
      isCurrent: () => isConnectedAs(deps.reader, tenant),
    },
  );
  const connection = await deps.connectionOf(tenant);
  try {
    return { principals: await search({ connection, tenantId: tenant.id, send: sending.send }, text) };
  } catch (thrown) {
    const { kind, message } = withoutTokens(thrown);
    throw new AppError(kind, message);
  }
}
