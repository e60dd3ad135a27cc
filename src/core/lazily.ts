import { loadOnce } from './loadOnce.ts';

type Asynchronous = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** A thing whose methods all answer later, made when the first of them is called; see `loadOnce`. */
export function lazily<T extends { readonly [Name in keyof T]: Asynchronous[string] }>(make: () => Promise<T>): T {
  const made = loadOnce(make);
  const methods = new Map<PropertyKey, unknown>();
  return new Proxy({} as T, {
    get: (_, name) => {
      const method =
        methods.get(name) ??
        (async (...args: never[]) => {
          const target = await made.get();
          return target[name as keyof T](...args);
        });
      methods.set(name, method);
      return method;
    },
  });
}
