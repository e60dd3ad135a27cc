import { AppError } from '../errors.ts';
import { createEmitter, type Disposable, type Event } from '../event.ts';
import type { Provider, ProviderDefinition, ServiceProvider } from './provider.ts';

/** The providers of our own and those that other extensions register. */
export interface ProviderRegistry {
  all(): readonly Provider[];
  get(id: string): Provider | undefined;
  /** @throws AppError `invalid` for a definition that cannot work, `conflict` for an id that is taken */
  register(definition: ProviderDefinition): Disposable;
  /** A provider came or went. */
  readonly onDidChange: Event<void>;
}

export function createProviderRegistry(own: readonly ServiceProvider[]): ProviderRegistry {
  const changed = createEmitter<void>();
  const providers = new Map<string, Provider>(own.map((provider) => [provider.id, provider]));
  return {
    all: () => [...providers.values()],
    get: (id) => providers.get(id),
    onDidChange: changed.event,
    register: (definition) => {
      check(definition);
      if (providers.has(definition.id))
        throw new AppError('conflict', `There is a provider "${definition.id}" already.`);
      providers.set(definition.id, definition);
      changed.fire();
      let isRegistered = true;
      return {
        dispose: () => {
          if (!isRegistered) return;
          isRegistered = false;
          providers.delete(definition.id);
          changed.fire();
        },
      };
    },
  };
}

/** Another extension may be plain JavaScript: what the types promise is checked once, here. */
function check(definition: Partial<Record<keyof ProviderDefinition, unknown>>): void {
  const { id, label, icon, capabilities, signInMethods, listGroups, listMembers } = definition;
  const problem =
    typeof id !== 'string' || !/^[A-Za-z][\w-]{0,63}$/.test(id)
      ? '"id" must be a short name of letters, digits, "-" and "_"'
      : typeof label !== 'string' || label.trim() === ''
        ? '"label" must be text'
        : typeof icon !== 'string'
          ? '"icon" must be the id of a product icon'
          : !Array.isArray(capabilities)
            ? '"capabilities" must be a list'
            : !Array.isArray(signInMethods)
              ? '"signInMethods" must be a list'
              : typeof listGroups !== 'function' || typeof listMembers !== 'function'
                ? '"listGroups" and "listMembers" must be functions'
                : undefined;
  if (problem) throw new AppError('invalid', `The provider cannot be registered: ${problem}.`);
}
