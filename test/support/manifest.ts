import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './folders.ts';

export interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

/** As much of package.json as tests look at. */
export interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly capabilities: Readonly<Record<string, { readonly supported: unknown; readonly description: string }>>;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string; readonly when?: string }[]>
    >;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly scope: string;
            readonly default: unknown;
            readonly properties?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
          }
        >
      >;
    };
  };
}

export const readProjectFile = (path: string) => readFileSync(join(projectFolder, path), 'utf8');

export const manifest: Manifest = JSON.parse(readProjectFile('package.json'));
