import { parser, plugin } from 'typescript-eslint';

// Biome does the rest: it does not know that VS Code's Thenables must be awaited as promises must.
export default [
  { ignores: ['dist', 'dist-test', 'dist-maps'] },
  {
    files: ['build/**/*.ts', 'src/**/*.ts', 'test/**/*.ts'],
    ignores: ['**/*.d.ts'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parser, parserOptions: { projectService: true } },
    plugins: { '@typescript-eslint': plugin },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
    },
  },
];
