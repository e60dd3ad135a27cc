import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tools } from '../../../src/chat/tools.ts';
import { type Core, startCore } from '../../support/core.ts';
import { translateToPseudo, untranslatedPart } from '../../support/pseudo.ts';

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

describe('the words of the tools for language models', () => {
  let core: Core;
  beforeEach(() => {
    core = startCore();
  });
  afterEach(() => core.close());

  it('are translated where the user is told what a tool does, or asked first', async () => {
    await core.api.addTenant({
      provider: 'powerbi',
      name: 'Contoso',
      auth: { method: 'accessToken', accessToken: 'canary' },
    });
    const { reader } = core.store;
    const input = { tenant: 'Contoso', group: 'Sales', query: 'Ana', who: 'Ana' };
    let questions = 0;
    for (const tool of tools) {
      const { doing, question } = tool.plan({ reader, sync: core.sync, t: translateToPseudo }, input);
      questions += question ? 1 : 0;
      for (const text of [doing, question?.title ?? '', question?.message ?? ''])
        assert.equal(untranslatedPart(text, Object.values(input)), '', tool.name);
    }
    assert.equal(questions, 2);
  });

  it('are translated in the manifest, but for what the model reads', () => {
    for (const { displayName, userDescription } of manifest.contributes.languageModelTools)
      for (const text of [displayName, userDescription]) assert.match(text, /^%[\w.]+%$/);
  });
});
