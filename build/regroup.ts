import { basename } from 'node:path';
import { type BuildOptions, type BuildResult, build, type OutputFile, type Plugin } from 'esbuild';
import { codeOf, fileOfEach, type Outputs } from './chunks.ts';
import { filesInMemory, type SplitBundle } from './filesInMemory.ts';
import { inProject } from './project.ts';
import { shortNames } from './shortNames.ts';

/**
 * Puts the many chunks of a split bundle into fewer files, by a second pass over what esbuild made of the sources. Every
 * chunk goes into exactly one file, so that no module is ever there twice.
 *
 * @param entry the output that is loaded first; it takes in all that it imports statically
 * @param finish options for the files only, not for the chunks
 */
export function regroup(entry: string, finish: BuildOptions): Plugin {
  return {
    name: 'regroup',
    setup({ initialOptions, onEnd }) {
      onEnd(async (result) => {
        if (result.errors.length > 0) return;
        const split = splitBundle(result, entry);
        const files = new Set(split.files.values());
        const { outputFiles, metafile } = await build({
          ...{ ...initialOptions, ...finish },
          ...{ splitting: false, metafile: true, write: false, logLevel: 'warning' },
          entryPoints: [...files].map((file) => ({ in: file, out: basename(file, '.js') })),
          plugins: [filesInMemory(split)],
        });
        result.outputFiles = outputFiles;
        result.metafile = { inputs: result.metafile?.inputs ?? {}, outputs: asOfSources(metafile.outputs, split) };
      });
    },
  };
}

function splitBundle({ metafile, outputFiles = [] }: BuildResult, entry: string): SplitBundle {
  const outputs = metafile?.outputs ?? {};
  const made = new Map(outputFiles.map((file) => [inProject(file.path), file]));
  const code = new Map(codeOf(outputs).map((path) => [path, withMap(made.get(path), made.get(`${path}.map`))]));
  const files = fileOfEach(outputs, entry);
  return { outputs, code, files, names: shortNames(outputs, files, code) };
}

/** With its source map in it, which esbuild reads in the second pass: the last maps lead to the sources. */
function withMap(code: OutputFile | undefined, map: OutputFile | undefined): string {
  if (code === undefined || map === undefined) throw new Error('esbuild made a chunk without a source map');
  const data = Buffer.from(map.contents).toString('base64');
  return code.text.replace(/^\/\/# sourceMappingURL=.*$/m, `//# sourceMappingURL=data:application/json;base64,${data}`);
}

/** What is told of the files as if the first pass had made them: of which sources they are, and what they import. */
function asOfSources(made: Outputs, { outputs }: SplitBundle): Outputs {
  const byName = new Map(Object.keys(made).map((path) => [basename(path), path]));
  const described = Object.entries(made).map(([path, { entryPoint: _, ...output }]) => {
    const chunks = Object.keys(output.inputs).filter((input) => input.startsWith('chunk:'));
    const inputs = Object.assign({}, ...chunks.map((chunk) => outputs[chunk.slice('chunk:'.length)]?.inputs));
    const entryPoint = outputs[path]?.entryPoint;
    const imports = output.imports.map((each) => ({ ...each, path: byName.get(basename(each.path)) ?? each.path }));
    return [path, { ...output, ...(entryPoint === undefined ? {} : { entryPoint }), inputs, imports }];
  });
  return Object.fromEntries(described);
}
