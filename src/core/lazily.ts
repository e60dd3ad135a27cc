type Asynchronous = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** A thing whose methods all answer later, made when the first of them is called. */
export function lazily<T extends { readonly [Name in keyof T]: Asynchronous[string] }>(make: () => Promise<T>): T {
  let made: Promise<T> | undefined;
  const methods = new Map<PropertyKey, unknown>();
  return new Proxy({} as T, {
    get: (_, name) => {
      const method =
        methods.get(name) ??
        (async (...args: never[]) => {
          made ??= make();
          const target = await made;
          return target[name as keyof T](...args);
        });
      methods.set(name, method);
      return method;
    },
  });
}
