import type { ChangePrincipal } from '../../core/changes/changes.ts';
import type { Changes } from '../../core/changes/pipeline.ts';
import { isGuid } from '../../core/objectId.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import { isSameDirectory } from '../../core/tenants/sameDirectory.ts';
import { emailIn } from '../../core/text/emailIn.ts';
import type { Choice, SearchResult } from '../../core/ui.ts';
import { answered } from '../choose/ask.ts';
import type { CommandDeps } from '../command.ts';
import { typeWord } from './typeWords.ts';

/** More would not be looked at. */
const mostShown = 50;

/** Who is chosen: somebody known, or what was typed. */
type Chosen = { readonly principal: ChangePrincipal } | { readonly typed: string };

/**
 * Asks who is to be added: somebody whom the directory knows, who is in a group of the same directory, or an e-mail
 * address or id as it is typed. @throws AppError `cancelled`
 */
export async function askPrincipal(
  deps: CommandDeps,
  changes: Changes,
  { tenantId, title, types }: { readonly tenantId: string; readonly title: string; readonly types: readonly string[] },
  signal: AbortSignal,
): Promise<ChangePrincipal> {
  const { ui, t } = deps;
  const { value } = await ui.search<Chosen>(
    {
      title,
      placeholder: t('A name, an e-mail address or an id'),
      text: '',
      search: (text) => choicesFor(deps, changes, { tenantId, types, text: text.trim() }, signal),
    },
    signal,
  );
  if ('principal' in value) return value.principal;
  const { typed } = value;
  if (emailIn(typed) !== undefined) return { identifier: typed, principalType: 'user', name: typed, email: typed };
  const kinds = types.map(
    (type): Choice<string> => ({ label: typeWord(t, type), value: type, icon: principalIcon(type) }),
  );
  const principalType = answered(await ui.pick(kinds, { title, placeholder: t('What is this?') }, signal));
  return { identifier: typed, principalType, name: typed };
}

interface Asked {
  readonly tenantId: string;
  readonly types: readonly string[];
  readonly text: string;
}

async function choicesFor(
  deps: CommandDeps,
  changes: Changes,
  asked: Asked,
  signal: AbortSignal,
): Promise<SearchResult<Chosen>> {
  const { t } = deps;
  const { tenantId, text, types } = asked;
  if (text === '') return { choices: [], remark: '' };
  const [known, found] = await Promise.all([knownOnes(deps, asked), changes.search(tenantId, text, signal)]);
  const all = new Map<string, ChangePrincipal>();
  for (const one of [...found.principals, ...known]) {
    if (!types.includes(one.principalType)) continue;
    const key = `${one.principalType} ${(one.email ?? one.identifier).toLowerCase()}`;
    if (!all.has(key)) all.set(key, one);
  }
  const typed: readonly Choice<Chosen>[] =
    emailIn(text) !== undefined || isGuid(text)
      ? [{ label: text, description: t('as typed'), icon: 'edit', value: { typed: text } }]
      : [];
  const choices = [...all.values()].slice(0, mostShown).map(
    (principal): Choice<Chosen> => ({
      label: principal.name,
      description: [
        principal.email === principal.name ? undefined : principal.email,
        typeWord(t, principal.principalType),
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
      icon: principalIcon(principal.principalType),
      value: { principal },
    }),
  );
  const remark = found.problem === undefined ? '' : t('The directory could not be asked: only who is loaded is found.');
  return { choices: [...choices, ...typed], remark };
}

/** Who is in a group of this tenant, or of another one of the same directory. */
async function knownOnes({ reader }: CommandDeps, { tenantId, text }: Asked): Promise<readonly ChangePrincipal[]> {
  const tenant = reader.tenant(tenantId);
  const isNear = (id: string) => id === tenantId || isSameDirectory(reader.tenant(id), tenant);
  const found: ChangePrincipal[] = [];
  for await (const { principals = [] } of reader.find(text)) {
    for (const { tenantId: own, name, email, principalType, objectId } of principals) {
      const identifier = principalType === 'user' ? email : objectId;
      if (identifier === undefined || !isNear(own)) continue;
      found.push({ identifier, principalType, name, ...(email === undefined ? {} : { email }) });
    }
  }
  return found;
}
