import { isRecord } from '../isRecord.ts';
import type { Provider } from '../provider/provider.ts';
import type { AccessModel } from './findings.ts';

/** What a registered provider says of its rights and groups. Another extension may be plain JavaScript: nothing where it has not the form that is promised. */
export function accessModelOf(provider: Provider | undefined): AccessModel | undefined {
  const access: unknown = provider && 'access' in provider ? provider.access : undefined;
  return isAccessModel(access) ? access : undefined;
}

function isAccessModel(access: unknown): access is AccessModel {
  if (!isRecord(access)) return false;
  const { rights, administered, untold, ownerless, administrators } = access;
  return (
    (rights === undefined || (isRecord(rights) && [rights.admin, rights.edit, rights.other].every(isTexts))) &&
    (administered === undefined || isTexts(administered)) &&
    [untold, ownerless].every((one) => one === undefined || (isRecord(one) && Object.values(one).every(isTexts))) &&
    (administrators === undefined || (isRecord(administrators) && isTexts([administrators.kind, administrators.name])))
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
