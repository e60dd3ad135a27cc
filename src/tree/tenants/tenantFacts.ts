import type { Cloud, SignInMethod, TenantRecord, WorkspaceSort } from '../../core/model.ts';
import type { Translate } from '../../core/text/translate.ts';
import { fact, listingFacts } from '../facts.ts';
import type { Fact } from '../row.ts';
import type { TreeContext } from './treeContext.ts';

function signInWords(t: Translate, method: SignInMethod): string {
  const words: Readonly<Record<SignInMethod, string>> = {
    accessToken: t('access token'),
    microsoft: t('Microsoft account of VS Code'),
    interactive: t('browser'),
    deviceCode: t('device code'),
    clientCredentials: t('application'),
    oauth: t('browser'),
  };
  return words[method];
}

export function tenantFacts(
  { words, sync, provider }: TreeContext,
  { id, name, provider: providerId, account, isSignedOut, allowsChanges, connection }: TenantRecord,
): readonly Fact[] {
  const { t } = words;
  const { endpoint, cloud, directoryId, organization, partitionGlobalId, scope, workspaces } = connection;
  const { leaveOut = [], capacityIds = [] } = workspaces ?? {};
  const sorts: Readonly<Record<WorkspaceSort, string>> = {
    personal: t('personal workspaces'),
    deleted: t('deleted workspaces'),
    orphaned: t('workspaces without an administrator'),
  };
  const clouds: Readonly<Record<Cloud, string>> = {
    public: t('Public cloud'),
    usGov: t('US Government (GCC)'),
    usGovHigh: t('US Government (GCC High)'),
    usGovDod: t('US Government (DoD)'),
    china: t('China'),
  };
  const scopes = { member: t('My workspaces'), admin: t('The whole tenant') };
  const list = (texts: readonly string[]) => (texts.length > 0 ? texts.join(', ') : undefined);
  const optional = (label: string, value: string | undefined) => (value === undefined ? [] : [fact(label, value)]);
  return [
    fact(t('Name'), name),
    fact(t('Service'), provider(providerId)?.label ?? providerId),
    ...optional(t('Account'), isSignedOut ? t('signed out') : account),
    fact(t('Changes'), allowsChanges ? t('allowed') : t('not allowed (read-only)')),
    fact(t('Sign-in'), signInWords(t, connection.signIn)),
    ...optional(t('Application'), connection.clientId),
    ...optional(t('Address'), endpoint),
    ...optional(t('Cloud'), cloud && clouds[cloud]),
    ...optional(t('Directory'), directoryId),
    ...optional(t('Organization'), organization),
    ...optional(t('Organization id'), partitionGlobalId),
    ...optional(t('Scope'), scope && scopes[scope]),
    ...optional(t('Left out'), list(leaveOut.map((sort) => sorts[sort]))),
    ...optional(t('Only on the capacities'), list(capacityIds)),
    ...listingFacts(words, sync.completeness({ list: 'groups', tenantId: id })),
  ];
}
